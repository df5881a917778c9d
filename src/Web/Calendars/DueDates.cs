using System.Globalization;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Work;
using HousingBank.Web.Access;
using HousingBank.Web.Forms;
using HousingBank.Web.Languages;
using HousingBank.Web.Pages.Work;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Calendar = Ical.Net.Calendar;

namespace HousingBank.Web.Calendars;

/// <summary>The due dates of a work list as a calendar (RFC 5545): a whole day for each, with alarms for whoever is reminded of it.</summary>
/// <param name="viewer">Whose work list it is.</param>
/// <param name="addressOf">The address of a page as others have to write it.</param>
public sealed class DueDates(Viewer viewer, Texts texts, Func<string, string> addressOf)
{
    public const string MediaType = "text/calendar";

    // A week before, and on the day.
    private static readonly Duration[] s_alarms = [Duration.FromDays(-7), Duration.Zero];

    /// <param name="now">The moment it is written at.</param>
    public string Written(WorkList work, DateTimeOffset now)
    {
        var calendar = new Calendar { ProductId = $"-//{texts["shell.owner"]}//{texts["shell.programme-name"]}//{texts.Language.Code.ToUpperInvariant()}", Method = CalendarMethods.Publish };
        calendar.AddProperty("X-WR-CALNAME", texts["calendar.name"]);
        calendar.Events.AddRange(work.Items.Where(i => i.Due is not null).Select(i => Of(i, i.Due!.Value, now)));
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    private CalendarEvent Of(WorkItem item, DateOnly due, DateTimeOffset now)
    {
        var summary = $"{texts.Word("work", item.Kind)}: {texts.About(item, viewer)}";
        var day = new CalendarEvent
        {
            Uid = UidOf(item, due),
            DtStamp = new CalDateTime(now.UtcDateTime),
            Start = new CalDateTime(due),
            End = new CalDateTime(due.AddDays(1)),
            Summary = viewer.SeesSimulation ? $"{summary} ({texts["reading.simulated"]})" : summary,
            Description = texts[item.IsPassedOn ? "work.passed-on" : "work.turn-of", ("role", texts.Word("role", item.Role))],
            Url = new Uri(addressOf(PageOf(item))),
            Transparency = TransparencyType.Transparent,
        };
        foreach (var alarm in item.Reminds(viewer.RoleName) ? s_alarms : [])
            day.Alarms.Add(new Alarm { Action = AlarmAction.Display, Description = day.Summary, Trigger = new Trigger(alarm) });
        return day;
    }

    /// <summary>The same each time it is asked for, so that a calendar knows what it has already. Several items can come from one stream: a round's invitations do.</summary>
    private static string UidOf(WorkItem item, DateOnly due) =>
        NamedUuid.Make(NamedUuid.Root, string.Create(CultureInfo.InvariantCulture, $"due:{item.Kind}:{item.Facts.Stream}:{item.Municipality?.Key}:{due:yyyy-MM-dd}")).ToString();

    /// <summary>The form that answers the task, where the viewer may use it; else the list it stands in.</summary>
    private string PageOf(WorkItem item) => FormLinks.Of(item).FirstOrDefault(l => Policies.Lets(l.Policy, viewer))?.Address ?? "/oppgaver";
}

using System.Globalization;

namespace HousingBank.Web.Time;

/// <summary>Where in history a page looks: the day, and what was known when. Read from the address (asOf, knownAt).</summary>
/// <param name="Today">Today in Norway.</param>
/// <param name="AsOf">The day that is looked at.</param>
/// <param name="KnownAt">What was known at this moment; null for all that is known now.</param>
/// <param name="KnownAtDay">The day that was asked for when no time of day was: its end is meant.</param>
/// <param name="Mistakes">Names of the address's parts that cannot be read; today and now stand in for them.</param>
public sealed record PointInTime(DateOnly Today, DateOnly AsOf, DateTimeOffset? KnownAt, DateOnly? KnownAtDay, IReadOnlyList<string> Mistakes)
{
    public const string AsOfName = "asOf";
    public const string KnownAtName = "knownAt";
    public const string KnownAtTimeName = "knownAtTime";

    private static readonly string[] Moments = ["yyyy-MM-ddTHH:mm:ss.FFFFFFK", "yyyy-MM-ddTHH:mmK"];
    private static readonly DateOnly Earliest = new(1900, 1, 1);
    private static readonly DateOnly Latest = new(2199, 12, 31);

    public bool IsToday => AsOf == Today;

    public bool IsNow => KnownAt is null;

    /// <summary>The knownAt of an address that leads to the same knowledge; null for now.</summary>
    public string? KnownAtInAddress =>
        KnownAtDay?.Iso()
        ?? KnownAt?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFK", CultureInfo.InvariantCulture);

    /// <summary>The asOf of an address that leads to the same day; null for today.</summary>
    public string? AsOfInAddress => IsToday ? null : AsOf.Iso();

    /// <summary>Today, by all that is known.</summary>
    public static PointInTime Now(TimeProvider clock) => new(Oslo.Today(clock), Oslo.Today(clock), null, null, []);

    public static PointInTime Read(IQueryCollection address, TimeProvider clock)
    {
        var today = Oslo.Today(clock);
        var mistakes = new List<string>();

        var asOf = Text(address, AsOfName);
        var day = DayOf(asOf);
        if (day is null && asOf.Length > 0)
            mistakes.Add(AsOfName);

        var knownAt = Text(address, KnownAtName);
        var time = Text(address, KnownAtTimeName);
        var (moment, momentsDay) = KnownAtOf(knownAt, time);
        if (moment is null && knownAt.Length + time.Length > 0)
            mistakes.Add(KnownAtName);

        return new(today, day ?? today, moment, momentsDay, mistakes);
    }

    private static (DateTimeOffset? Moment, DateOnly? Day) KnownAtOf(string knownAt, string time)
    {
        if (DayOf(knownAt) is { } day)
        {
            if (time.Length == 0)
                return (Oslo.EndOf(day), day);
            return TimeOnly.TryParseExact(time, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour)
                ? (Oslo.At(day.ToDateTime(hour)), null)
                : (null, null);
        }

        if (!DateTime.TryParseExact(knownAt, Moments, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var read) || !IsWithin(DateOnly.FromDateTime(read)))
            return (null, null);
        return (read.Kind == DateTimeKind.Unspecified ? Oslo.At(read) : new DateTimeOffset(read).ToUniversalTime(), null);
    }

    /// <summary>A day as addresses write it; null for anything that is none, or cannot be asked about.</summary>
    public static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && IsWithin(day) ? day : null;

    /// <summary>True for a day that can be asked about.</summary>
    public static bool IsWithin(DateOnly day) => day >= Earliest && day <= Latest;

    private static string Text(IQueryCollection address, string name) => address[name].ToString().Trim();
}

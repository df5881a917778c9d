using System.Globalization;
using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Letters.LetterRefusals;

namespace HousingBank.Domain.Letters;

/// <summary>How a letter comes to say what it says: by the template, the names and the written form that hold on its day.</summary>
public static class LetterDecider
{
    // The municipal act of 2018 gave the office its new name.
    private static readonly DateOnly s_firstDayOfKommunedirektor = new(2020, 1, 1);

    /// <param name="templateIn">The template of the letter's kind in a written form.</param>
    /// <param name="earlier">The letter that this one corrects; null when there is none.</param>
    public static Decision Write(
        LetterState letter,
        ApplicationState application,
        ParticipationState participation,
        IntakeRoundState round,
        ProgrammeState programme,
        MunicipalityState municipality,
        Func<WrittenForm, LetterTemplateState> templateIn,
        LetterWritten? earlier,
        WriteLetter command)
    {
        if (letter.IsKnown)
            return Decision.Nothing;
        // An imported course may have come of no application that is known.
        if (!application.IsKnown && command.Matter.Kind != LetterKind.Extension)
            return ApplicationRefusals.ApplicationUnknown;
        if (participation.Candidacy is null && command.Matter.Kind == LetterKind.Extension)
            return ParticipationRefusals.ParticipationUnknown;
        if (!round.IsKnown)
            return IntakeRoundRefusals.RoundUnknown;
        if (!programme.IsKnown)
            return ProgrammeRefusals.ProgrammeUnknown;
        if (!municipality.IsKnown)
            return MunicipalityRefusals.MunicipalityUnknown;

        var on = command.On.PlacedFirst(application.LatestOn);
        var form = municipality.WrittenFormOn(on.Placed) == WrittenForm.Nynorsk ? WrittenForm.Nynorsk : WrittenForm.Bokmal;
        var template = templateIn(form).On(on.Placed, command.Matter.Kind, form);
        var receiver = NameOf(municipality, on.Placed);
        var (subject, paragraphs) = template.Fill(Values(command, form, receiver, round, programme, participation, on));
        var written = new LetterWritten(
            command.Matter.Kind,
            command.Round,
            command.Municipality,
            command.Answers,
            form,
            template.Version,
            programme.Launched!.Owner,
            receiver,
            application.Content?.Contact,
            subject,
            earlier is null ? paragraphs : [Correcting(earlier, form), .. paragraphs],
            earlier is null ? null : command.Earlier)
        { On = on };
        return Decision.Record(command.Letter.Stream, written);
    }

    /// <summary>A letter is written once and never again.</summary>
    public static IEnumerable<Refusal> Broken(LetterState letter, LetterEvent fact) => fact is LetterWritten ? LetterWrittenAlready.When(letter.IsKnown) : [];

    private static Dictionary<string, string?> Values(
        WriteLetter command, WrittenForm form, string receiver, IntakeRoundState round, ProgrammeState programme, ParticipationState participation, EffectiveDay on) => new()
        {
            [LetterPlaceholders.Municipality] = receiver,
            [LetterPlaceholders.Round] = round.Opened!.Number.ToString(CultureInfo.InvariantCulture),
            [LetterPlaceholders.Programme] = In(form, programme.Launched!.Name),
            [LetterPlaceholders.Office] = programme.Launched.Owner,
            [LetterPlaceholders.ChiefExecutive] = on.Placed < s_firstDayOfKommunedirektor ? "rådmannen" : "kommunedirektøren",
            [LetterPlaceholders.DecidedOn] = LetterDays.Written(on.Stated, form),
            [LetterPlaceholders.Reason] = command.Matter.Reason,
            [LetterPlaceholders.CriterionReasons] = ReasonsOf(command.Matter, form, round),
            [LetterPlaceholders.What] = command.Matter.What,
            [LetterPlaceholders.Due] = DueOf(command.Matter, participation, on) is { } due ? LetterDays.Written(due, form) : null,
            [LetterPlaceholders.Phase] = command.Matter.Extended is { } phase ? LetterWords.Of(phase, form) : null,
            [LetterPlaceholders.Months] = command.Matter.Months is { } months ? LetterWords.OfMonths(months, form) : null,
        };

    /// <summary>What the matter says, or the last day of the phase as it is planned now.</summary>
    private static StatedDay? DueOf(LetterMatter matter, ParticipationState participation, EffectiveDay on) =>
        matter.Extended is { } phase && participation.ClockOf(phase) is { } clock ? StatedDay.Exactly(clock.PlannedEnd(on.Placed).Latest) : matter.Due;

    private static string? ReasonsOf(LetterMatter matter, WrittenForm form, IntakeRoundState round)
    {
        var names = round.Criteria.All.ToDictionary(c => c.Code, c => In(form, c.Name));
        return matter.CriterionReasons.Count == 0 ? null : string.Join('\n', matter.CriterionReasons.Select(r => $"– {names.GetValueOrDefault(r.Criterion, r.Criterion)}: {r.Reason}"));
    }

    private static string NameOf(MunicipalityState municipality, DateOnly day)
    {
        var name = municipality.NameOn(day)!;
        return municipality.Registered!.Kind != MunicipalityKind.Municipality || name.Contains("kommune", StringComparison.OrdinalIgnoreCase) ? name : $"{name} kommune";
    }

    private static string Correcting(LetterWritten earlier, WrittenForm form)
    {
        var day = LetterDays.Written(earlier.On.Stated, form);
        return form == WrittenForm.Nynorsk ? $"Dette brevet rettar brevet vårt av {day}." : $"Dette brevet retter vårt brev av {day}.";
    }

    private static string In(WrittenForm form, LocalText text) => form == WrittenForm.Nynorsk ? text.Nn ?? text.Nb : text.Nb;
}

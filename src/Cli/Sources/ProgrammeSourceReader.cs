using HousingBank.Domain.Participations;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Cli.Sources;

/// <summary>Reads a programme file: every field that is known, every other one reported.</summary>
/// <param name="municipalities">The keys that may be spoken of; null when that is left to the register in the database.</param>
internal sealed class ProgrammeSourceReader(string file, HashSet<string>? municipalities, ReadingNotes notes)
{
    private const string NoEvaluationYet = "this program keeps no follow-up evaluation";

    /// <returns>Null when the file is no JSON object.</returns>
    public ProgrammeSource? Read(byte[] content)
    {
        if (JsonSource.Read(file, content, notes) is not { } item)
            return null;
        if (item is not JsonFields fields)
        {
            notes.Problem(item.At, "an object is expected");
            return null;
        }

        using var root = new FieldReader(fields, notes);
        var document = root.Text("source") ?? file;
        var programme = root.RequiredFields("programme") is { } told ? Programme(told) : null;
        var rounds = root.List("rounds").Select(Round).ToList();
        var participations = root.List("participations").Select(Participation).ToList();
        var reportedOn = root.Fields("evaluation") is { } evaluation ? ReportedOn(evaluation) : null;

        CheckTogether(rounds, participations);
        if (reportedOn is null && participations.FirstOrDefault(p => p.TellsWithoutDays) is { } undated)
            notes.Problem(undated.At, "this tells things without a day, and no report in this file has a published day that they could be placed before");
        return new(file, document, programme, rounds, participations, reportedOn);
    }

    private static Told<StatedDay>? ReportedOn(FieldReader fields)
    {
        using (fields)
        {
            var days = fields.List("reports").Select(Published).OfType<Told<StatedDay>>().ToList();
            fields.LeaveRest(NoEvaluationYet);
            return days.MinBy(d => d.Value.First);
        }
    }

    private static Told<StatedDay>? Published(FieldReader fields)
    {
        using (fields)
        {
            var day = fields.Day("published");
            fields.LeaveRest(day is null ? NoEvaluationYet : NoEvaluationYet + "; only the day it was published is used");
            return day;
        }
    }

    private static ToldProgramme Programme(FieldReader fields)
    {
        using (fields)
        {
            using var period = fields.RequiredFields("period");
            var from = period?.RequiredDay("from");
            var to = period?.RequiredDay("to");
            if (period?.Number("years") is { } years && from is not null && to is not null && to.Value.First.Year - from.Value.First.Year != years)
                period.Problem("years", $"the period from {from.Value.First.Year} to {to.Value.First.Year} is not {years} years");
            fields.Leave("participationYears", "how long a participation lasts follows from the framework model");

            return new(
                fields.At,
                fields.RequiredText("key"),
                fields.Local("name"),
                fields.RequiredText("owner"),
                fields.RequiredDay("launched"),
                fields.RequiredNumber("targetMunicipalities"),
                fields.RequiredNumber("municipalitiesPerRound"),
                fields.Local("vision"),
                fields.Words<KnowledgeArea>("knowledgeAreas")?.Value ?? [],
                fields.Fields("frameworkModel") is { } model ? Model(model) : null,
                fields.Fields("organisation") is { } office ? Office(office) : null,
                from,
                to);
        }
    }

    private static ToldModel Model(FieldReader fields)
    {
        using (fields)
        {
            return new(fields.At, fields.RequiredNumber("version"), [.. fields.List("phases").Select(ModelPhase)]);
        }
    }

    private static ToldModelPhase ModelPhase(FieldReader fields)
    {
        using (fields)
        {
            return new(fields.RequiredWord<Phase>("phase"), fields.RequiredMonths("longest"), fields.Months("shortest"), fields.Months("revision"));
        }
    }

    private static ToldOffice Office(FieldReader fields)
    {
        using (fields)
        {
            return new(fields.At, fields.RequiredText("owner"), fields.RequiredText("secretariat"), fields.RequiredText("council"));
        }
    }

    private ToldRound Round(FieldReader fields)
    {
        using (fields)
        {
            var admitted = fields.ToldTexts("admitted");
            foreach (var one in admitted)
                MustBeKnown(one.Value, one.At);
            return new(
                fields.At,
                fields.RequiredNumber("number"),
                fields.Day("opened"),
                fields.Day("applicationDeadline"),
                fields.RequiredDay("decided"),
                admitted,
                fields.Fields("reportedCounts") is { } counts ? Counts(counts) : null);
        }
    }

    private static ToldCounts Counts(FieldReader fields)
    {
        using (fields)
        {
            return new(fields.At, fields.Number("invited"), fields.Number("applied"), fields.Text("source"));
        }
    }

    private ToldParticipation Participation(FieldReader fields)
    {
        using (fields)
        {
            var municipality = fields.RequiredText("municipality");
            MustBeKnown(municipality, fields.PlaceOf("municipality"));
            var phases = fields.List("phases").Select(ParticipationPhase).ToList();
            if (!phases.Select(p => p.Phase).SequenceEqual(Enum.GetValues<Phase>().Take(phases.Count)) || phases.Count == 0)
                fields.Problem("phases", "phases are expected in the framework model's order, preparation first");
            if (fields.Word<Phase>("phaseInDecember2010") is { } last && phases.Count > 0 && phases[^1].Phase != last)
                fields.Problem("phaseInDecember2010", "the last of the phases is another one");
            var model = fields.Word<ProjectGroupModel>("projectGroupModel");
            var projectGroup = fields.Texts("projectGroup");
            if (projectGroup is not null && model is null)
                fields.Problem("projectGroup", "members stand here, but projectGroupModel does not say what sort of group it is");

            return new(
                fields.At,
                municipality,
                fields.RequiredNumber("round"),
                phases,
                fields.ToldText("politicalResolution"),
                fields.ToldText("agreement"),
                fields.Fields("preAnalysis") is { } preAnalysis ? PreAnalysis(preAnalysis) : null,
                fields.Texts("steeringGroup"),
                fields.Fields("steeringGroupSources") is { } counts ? SteeringCounts(counts) : null,
                model is { } known ? new Told<ProjectGroupModel>(known, fields.PlaceOf("projectGroupModel")) : null,
                projectGroup?.Value ?? [],
                fields.Fields("programmeLeader") is { } leader ? Leader(leader) : null,
                fields.Fields("anchoring") is { } anchoring ? Anchoring(anchoring) : null,
                fields.Texts("mainGoals"),
                fields.Text("goalsCalled"),
                fields.Day("programmeOrganisationChart"));
        }
    }

    private static ToldPhase ParticipationPhase(FieldReader fields)
    {
        using (fields)
        {
            var byModel = fields.Flag("byModel") ?? false;
            var notMet = fields.ToldTexts("criteriaNotMet");
            foreach (var criterion in notMet.Where(c => !GateCriteria.All.Contains(c.Value)))
                fields.Problem("criteriaNotMet", $"\"{criterion.Value}\" is not one of {string.Join(", ", GateCriteria.All)}");
            if (notMet.Count > 0 && !byModel)
                fields.Problem("criteriaNotMet", "criteria stand here, but the phase is not marked as started by the model");
            return new(
                fields.At,
                fields.RequiredWord<Phase>("phase"),
                fields.RequiredDay("started"),
                byModel,
                notMet.Select(c => c.Value).ToValueList(),
                fields.Text("source"));
        }
    }

    private static ToldPreAnalysis PreAnalysis(FieldReader fields)
    {
        using (fields)
        {
            var year = fields.RequiredNumber("year");
            var started = fields.Day("started");
            if (year is < 1977 or > 2100)
                fields.Problem("year", $"{year} is no year that can be meant");
            if (started is not null && started.Value.First.Year != year)
                fields.Problem("started", $"this is not in {year}");
            return new(fields.At, fields.RequiredText("supplier"), year, started);
        }
    }

    private static ToldSteeringCounts SteeringCounts(FieldReader fields)
    {
        using (fields)
        {
            return new(fields.At, fields.RequiredNumber("table1"), fields.RequiredNumber("slide"));
        }
    }

    private static ToldLeader Leader(FieldReader fields)
    {
        using (fields)
        {
            return new(
                fields.At,
                fields.RequiredText("unit"),
                fields.RequiredWord<ProgrammeLeaderPlacement>("placement"),
                fields.RequiredWord<ProgrammeLeaderOrientation>("orientation"));
        }
    }

    private static ToldAnchoring Anchoring(FieldReader fields)
    {
        using (fields)
        {
            var dimensions = new List<ToldDimension>();
            foreach (var (name, dimension) in new[]
            {
                ("administrative", AnchoringDimension.Administrative),
                ("political", AnchoringDimension.Political),
                ("external", AnchoringDimension.External),
                ("users", AnchoringDimension.Users),
            })
            {
                if (fields.Fields(name) is { } told)
                    dimensions.Add(Dimension(told, dimension));
            }

            var plans = fields.List("plans").Select(Plan).ToValueList();
            return new(dimensions, plans.Count > 0 ? new Told<ValueList<PlanAnchoring>>(plans, fields.PlaceOf("plans")) : null);
        }
    }

    private static ToldDimension Dimension(FieldReader fields, AnchoringDimension dimension)
    {
        using (fields)
        {
            return new(fields.At, dimension, fields.Text("ownership"), fields.Flag("representation"), fields.Texts("facts")?.Value ?? []);
        }
    }

    private static PlanAnchoring Plan(FieldReader fields)
    {
        using (fields)
        {
            return new(fields.RequiredText("plan"), fields.RequiredWord<PlanRelation>("relation"));
        }
    }

    private void MustBeKnown(string municipality, Place at)
    {
        if (municipality.Length > 0 && municipalities?.Contains(municipality) == false)
            notes.Problem(at, $"\"{municipality}\" is not in the register of municipalities");
    }

    private void CheckTogether(List<ToldRound> rounds, List<ToldParticipation> participations)
    {
        foreach (var twice in rounds.GroupBy(r => r.Number).SelectMany(g => g.Skip(1)))
            notes.Problem(twice.At, $"round {twice.Number} stands here twice");
        foreach (var twice in participations.GroupBy(p => (p.Municipality, p.Round)).SelectMany(g => g.Skip(1)))
            notes.Problem(twice.At, $"{twice.Municipality} stands here twice in round {twice.Round}");

        foreach (var participation in participations)
        {
            var round = rounds.FirstOrDefault(r => r.Number == participation.Round);
            if (round is null)
                notes.Problem(participation.At, $"there is no round {participation.Round} in this file");
            else if (participation.Phases.Any(p => p.Phase != Phase.Preparation) && round.Admitted.All(a => a.Value != participation.Municipality))
                notes.Problem(participation.At, $"{participation.Municipality} has come beyond preparation, but is not among those admitted in round {round.Number}");
        }

        foreach (var (admitted, round) in rounds.SelectMany(r => r.Admitted.Select(a => (a, r))))
        {
            if (!participations.Any(p => p.Municipality == admitted.Value && p.Round == round.Number))
                notes.Problem(admitted.At, $"{admitted.Value} was admitted in round {round.Number}, but has no participation in this file");
        }
    }
}

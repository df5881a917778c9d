namespace HousingBank.Support;

/// <summary>Requests that are right in every field.</summary>
public static class Bodies
{
    public static object Programme => ProgrammeOf(null);

    /// <param name="id">Chosen by whoever asks; null for one that is made.</param>
    public static object ProgrammeOf(Guid? id, string name = "Boligsosialt utviklingsprogram") => new
    {
        id,
        name = new { nb = name },
        owner = "Husbanken Region Øst",
        periodFrom = "2009-03-01",
        periodTo = "2017-02-28",
        targetMunicipalities = 16,
        municipalitiesPerRound = 5,
        vision = new { nb = "Dyktige kommuner" },
        goals = Array.Empty<object>(),
        knowledgeAreas = new[] { "practicalWork" },
        effectiveOn = "2009-03-01",
        basis = new { kind = "case", reference = "09/1" },
    };

    /// <summary>Version 1 of a framework model.</summary>
    /// <param name="preparation">What has to be met before planning, by code.</param>
    public static object Model(params string[] preparation) => new
    {
        version = 1,
        phases = new[] { "preparation", "planning", "implementation", "phaseOut" }.Select(phase => new
        {
            phase,
            longestMonths = 6,
            shortestMonths = (int?)null,
            revisionMonths = (int?)null,
            criteria = phase == "preparation" ? preparation : ["agreementInForce"],
        }),
        effectiveOn = "2009-03-01",
    };

    /// <summary>All that an application must hold when it is submitted.</summary>
    public static object Application => new
    {
        resolution = new { body = "kommunestyret", on = "2009-04-20", caseNumber = "09/1" },
        needsAssessment = "Mangler boliger.",
        focusAreas = new[] { "Bosetting" },
        proposedOrganisation = "Styringsgruppe.",
        contact = "Servicekontoret",
    };

    public static object Round(string programme, int number, string? id = null) => new
    {
        programme,
        number,
        deadline = "2009-06-01",
        capacity = 2,
        openToAll = true,
        criteria = new[] { new { code = "need", name = new { nb = "Behov" }, weight = 2 } },
        effectiveOn = "2009-03-15",
        id = id ?? Guid.CreateVersion7().ToString(),
    };
}

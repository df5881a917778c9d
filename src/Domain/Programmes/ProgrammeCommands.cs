using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Programmes;

/// <summary>A command that only looks at the programme it is about.</summary>
public abstract record ProgrammeCommand(ProgrammeId Programme) : Command
{
    public sealed override ValueList<StreamId> Streams() => [Programme.Stream];

    public sealed override Decision Decide(Histories histories) => Decide(histories.State<ProgrammeState>(Programme.Stream));

    protected abstract Decision Decide(ProgrammeState programme);
}

/// <param name="Owner">The regional office it belongs to.</param>
/// <param name="TargetMunicipalities">How many municipalities it is meant to reach in all.</param>
/// <param name="MunicipalitiesPerRound">How many are meant to come in with each round, about.</param>
public sealed record LaunchProgramme(
    ProgrammeId Programme,
    LocalText Name,
    string Owner,
    StatedDay PeriodFrom,
    StatedDay PeriodTo,
    int TargetMunicipalities,
    int MunicipalitiesPerRound,
    LocalText Vision,
    ValueList<LocalText> Goals,
    ValueList<KnowledgeArea> KnowledgeAreas) : ProgrammeCommand(Programme)
{
    protected override Decision Decide(ProgrammeState programme) => ProgrammeDecider.Launch(programme, this);
}

/// <param name="Phases">All phases, in order.</param>
public sealed record AdoptFrameworkModel(ProgrammeId Programme, int Version, ValueList<ModelPhase> Phases, string? Reason = null)
    : ProgrammeCommand(Programme)
{
    protected override Decision Decide(ProgrammeState programme) => ProgrammeDecider.AdoptFrameworkModel(programme, this);
}

/// <param name="Version">Higher than every version before it.</param>
/// <param name="Phases">All phases, in order.</param>
public sealed record ReviseFrameworkModel(ProgrammeId Programme, int Version, ValueList<ModelPhase> Phases, string Reason)
    : ProgrammeCommand(Programme)
{
    protected override Decision Decide(ProgrammeState programme) => ProgrammeDecider.ReviseFrameworkModel(programme, this);
}

public sealed record DescribeOffice(ProgrammeId Programme, string Owner, string Secretariat, string Council) : ProgrammeCommand(Programme)
{
    protected override Decision Decide(ProgrammeState programme) => ProgrammeDecider.DescribeOffice(programme, this);
}

/// <param name="Member">A reference to the person; never a name.</param>
/// <param name="Until">The last day of the appointment, included; null when it is not limited.</param>
/// <param name="Person">Who it is, sealed; null when nobody is named.</param>
public sealed record AppointCouncilMember(
    ProgrammeId Programme, string Member, string Affiliation, bool Inside, StatedDay? Until = null, PersonalData? Person = null)
    : ProgrammeCommand(Programme)
{
    protected override Decision Decide(ProgrammeState programme) => ProgrammeDecider.AppointCouncilMember(programme, this);
}

public sealed record RetireCouncilMember(ProgrammeId Programme, string Member) : ProgrammeCommand(Programme)
{
    protected override Decision Decide(ProgrammeState programme) => ProgrammeDecider.RetireCouncilMember(programme, this);
}

/// <param name="As">How the member belongs there: "employed", "elected", "close family".</param>
public sealed record NoteCouncilAffiliation(ProgrammeId Programme, string Member, MunicipalityId Municipality, string As) : ProgrammeCommand(Programme)
{
    protected override Decision Decide(ProgrammeState programme) => ProgrammeDecider.NoteCouncilAffiliation(programme, this);
}

public sealed record EndCouncilAffiliation(ProgrammeId Programme, string Member, MunicipalityId Municipality) : ProgrammeCommand(Programme)
{
    protected override Decision Decide(ProgrammeState programme) => ProgrammeDecider.EndCouncilAffiliation(programme, this);
}

public sealed record ChangeTarget(ProgrammeId Programme, int Target, string Reason) : ProgrammeCommand(Programme)
{
    protected override Decision Decide(ProgrammeState programme) => ProgrammeDecider.ChangeTarget(programme, this);
}

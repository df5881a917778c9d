using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Municipalities;

/// <param name="PartOf">The municipality a district lies in; null for a municipality.</param>
public sealed record RegisterMunicipality(MunicipalityId Key, string Name, MunicipalityKind Kind, string County, MunicipalityId? PartOf = null) : Command
{
    public override ValueList<StreamId> Streams() => PartOf is { } whole && whole != Key ? [Key.Stream, whole.Stream] : [Key.Stream];

    public override Decision Decide(Histories histories) => MunicipalityDecider.Register(
        histories.State<MunicipalityState>(Key.Stream),
        PartOf is { } whole ? histories.State<MunicipalityState>(whole.Stream) : null,
        this);
}

/// <summary>Its day is the first on which the number is valid.</summary>
public sealed record AssignNumber(MunicipalityId Municipality, string Number, string County, string Name) : Command
{
    public override ValueList<StreamId> Streams() => [Municipality.Stream];

    public override Decision Decide(Histories histories) =>
        MunicipalityDecider.AssignNumber(histories.State<MunicipalityState>(Municipality.Stream), this);
}

/// <summary>Its day is the last on which the number is valid.</summary>
public sealed record EndNumber(MunicipalityId Municipality, string Number) : Command
{
    public override ValueList<StreamId> Streams() => [Municipality.Stream];

    public override Decision Decide(Histories histories) =>
        MunicipalityDecider.EndNumber(histories.State<MunicipalityState>(Municipality.Stream), this);
}

/// <summary>Its day is the first on which the municipality is part of the other.</summary>
public sealed record MergeMunicipality(MunicipalityId Municipality, MunicipalityId Into, string? Note = null) : Command
{
    public override ValueList<StreamId> Streams() => Into == Municipality ? [Municipality.Stream] : [Municipality.Stream, Into.Stream];

    public override Decision Decide(Histories histories) => MunicipalityDecider.Merge(
        histories.State<MunicipalityState>(Municipality.Stream),
        histories.State<MunicipalityState>(Into.Stream),
        this);
}

public sealed record ChooseWrittenForm(MunicipalityId Municipality, WrittenForm Form) : Command
{
    public override ValueList<StreamId> Streams() => [Municipality.Stream];

    public override Decision Decide(Histories histories) =>
        MunicipalityDecider.ChooseWrittenForm(histories.State<MunicipalityState>(Municipality.Stream), this);
}

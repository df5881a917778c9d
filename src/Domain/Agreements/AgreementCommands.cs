using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Agreements;

/// <summary>Something asked of one cooperation agreement, looked at alone.</summary>
public abstract record AgreementCommand(AgreementId Agreement) : Command
{
    public override ValueList<StreamId> Streams() => [Agreement.Stream];

    public override Decision Decide(Histories histories) => Decide(histories.State<AgreementState>(Agreement.Stream));

    protected abstract Decision Decide(AgreementState agreement);
}

public sealed record DraftAgreement(AgreementId Agreement, ParticipationId Participation, AgreementContent Content) : Command
{
    public override ValueList<StreamId> Streams() => [Agreement.Stream, Participation.Stream];

    public override Decision Decide(Histories histories) => AgreementDecider.Draft(
        histories.State<AgreementState>(Agreement.Stream),
        histories.State<ParticipationState>(Participation.Stream),
        this);
}

/// <param name="Content">The whole new content; what it leaves out is gone.</param>
public sealed record ReviseAgreement(AgreementId Agreement, AgreementContent Content) : AgreementCommand(Agreement)
{
    protected override Decision Decide(AgreementState agreement) => AgreementDecider.Revise(agreement, this);
}

/// <param name="SignedBy">The office that signed; never a person's name.</param>
public sealed record SignAgreement(AgreementId Agreement, AgreementParty Party, string? SignedBy) : AgreementCommand(Agreement)
{
    protected override Decision Decide(AgreementState agreement) => AgreementDecider.Sign(agreement, this);
}

/// <summary>Records that a source speaks of the agreement as in force though it gives no signatures. Its day is as exact as the source is.</summary>
public sealed record ReportAgreementInForce(AgreementId Agreement) : AgreementCommand(Agreement)
{
    protected override Decision Decide(AgreementState agreement) => AgreementDecider.ReportInForce(agreement, this);
}

/// <summary>Its day is the first on which the agreement is no longer in force.</summary>
/// <param name="NoticeGivenOn">The day notice was given; null when it ends without notice.</param>
public sealed record EndAgreement(AgreementId Agreement, string Reason, StatedDay? NoticeGivenOn = null) : AgreementCommand(Agreement)
{
    protected override Decision Decide(AgreementState agreement) => AgreementDecider.End(agreement, this);
}

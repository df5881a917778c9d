using System.Diagnostics;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Agreements;

/// <summary>A cooperation agreement as far as the rules need to know it.</summary>
/// <param name="Participation">Null until it is drafted.</param>
/// <param name="DraftedOn">Null until it is drafted.</param>
/// <param name="ReportedInForceOn">The day from which a source says it is in force without giving signatures; null when none does.</param>
/// <param name="EndedOn">The first day it is no longer in force; null while nobody has ended it.</param>
/// <param name="Facts">All that was recorded, so that what is asked for twice is known again.</param>
public sealed record AgreementState(
    ParticipationId? Participation,
    DateOnly? DraftedOn,
    AgreementContent? Content,
    ValueList<AgreementSigned> Signatures,
    DateOnly? ReportedInForceOn,
    DateOnly? EndedOn,
    ValueList<AgreementEvent> Facts)
{
    public static readonly AgreementState Initial = new(null, null, null, [], null, null, []);

    public bool IsDrafted => Participation is not null;

    /// <summary>True as long as nobody has signed it, no source speaks of it as in force and nobody has ended it.</summary>
    public bool IsDraftOn(DateOnly day) =>
        IsDrafted && !Signatures.Any(s => s.On.Placed <= day) && !(ReportedInForceOn <= day) && !(EndedOn <= day);

    /// <summary>The first day it is in force: that of the later signature, or the day from which a source says so; null while a side has not signed.</summary>
    public DateOnly? InForceFrom
    {
        get
        {
            DateOnly? bothSigned = HasSigned(AgreementParty.Bank) && HasSigned(AgreementParty.Municipality)
                ? Signatures.Max(s => s.On.Placed)
                : null;
            return bothSigned is null || ReportedInForceOn < bothSigned ? ReportedInForceOn : bothSigned;
        }
    }

    public bool HasSigned(AgreementParty party) => Signatures.Any(s => s.Party == party);

    public bool Remembers(AgreementEvent fact) => Facts.Any(fact.SaysTheSameAs);

    public bool IsInForceOn(DateOnly day) => InForceFrom <= day && !(EndedOn <= day);

    /// <summary>The first day it is in force, if it is so on this day; null otherwise.</summary>
    public DateOnly? InForceOn(DateOnly day) => IsInForceOn(day) ? InForceFrom : null;

    public static AgreementState Evolve(AgreementState agreement, AgreementEvent fact) =>
        Next(agreement, fact) with { Facts = agreement.Facts.Add(fact) };

    private static AgreementState Next(AgreementState agreement, AgreementEvent fact) => fact switch
    {
        AgreementDrafted e => agreement.IsDrafted ? agreement : agreement with { Participation = e.Participation, DraftedOn = e.On.Placed, Content = e.Content },
        AgreementRevised e => agreement.IsDraftOn(e.On.Placed) ? agreement with { Content = e.Content } : agreement,
        AgreementSigned e => agreement.HasSigned(e.Party) ? agreement : agreement with { Signatures = agreement.Signatures.Add(e) },
        AgreementReportedInForce e => agreement with { ReportedInForceOn = agreement.ReportedInForceOn ?? e.On.Placed },
        AgreementEnded e => agreement with { EndedOn = agreement.EndedOn ?? e.On.Placed },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no case in Evolve."),
    };
}

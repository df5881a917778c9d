using HousingBank.Domain.Applications;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Web.Access;

/// <summary>Who signs off what leaves a municipality. The secretariat and leadership register what came signed on paper.</summary>
public static class SigningRights
{
    /// <param name="named">Reference of whom the municipality has named beside its chief executive; null for nobody.</param>
    public static bool MaySign(Viewer viewer, MunicipalityId municipality, Signatory by, string? named) => viewer.Role switch
    {
        Role.Secretariat or Role.Leadership => true,
        Role.Municipality when viewer.Municipality == municipality => by == Signatory.ChiefExecutive ? viewer.Signs : named == viewer.Person,
        _ => false,
    };

    /// <summary>As whom a municipality's own person may sign; null when it may not.</summary>
    /// <inheritdoc cref="MaySign"/>
    public static Signatory? SignsAs(Viewer viewer, MunicipalityId municipality, string? named) =>
        viewer.Role != Role.Municipality ? null
        : MaySign(viewer, municipality, Signatory.ChiefExecutive, named) ? Signatory.ChiefExecutive
        : MaySign(viewer, municipality, Signatory.Named, named) ? Signatory.Named
        : null;

    /// <summary>Nobody gives the right to sign to themselves.</summary>
    public static bool MayName(Viewer viewer, MunicipalityId municipality) => MaySign(viewer, municipality, Signatory.ChiefExecutive, null);
}

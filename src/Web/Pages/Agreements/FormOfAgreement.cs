using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneMunicipality;
using HousingBank.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace HousingBank.Web.Pages.Agreements;

/// <summary>A form about one cooperation agreement of a course.</summary>
public abstract class FormOfAgreement : FormOfCourse
{
    [Parameter]
    public Guid Agreement { get; set; }

    /// <summary>Null when the course has no such agreement.</summary>
    protected Agreement? Agreed { get; private set; }

    protected AgreementId AgreementId => new(Agreement);

    protected sealed override void Fill(Course course)
    {
        Agreed = course.Agreements.FirstOrDefault(a => a.Id == Agreement);
        if (Agreed is null)
        {
            Navigation.NotFound();
            return;
        }

        Form.Expect(AgreementId.Stream, Agreed.Version);
        Fill(Agreed);
    }

    /// <summary>Suggests what the fields hold before anything is typed.</summary>
    protected virtual void Fill(Agreement agreement)
    {
    }
}

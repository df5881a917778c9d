using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.LearningLog;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.OneMunicipality;

/// <summary>One municipality, one course, one agreement.</summary>
public sealed class MunicipalityPageQuery(Looking looking)
{
    /// <returns>Null when neither the register nor a programme knows it by that day, or the asker may not see it.</returns>
    public async Task<Answer<MunicipalityPage>?> AskAsync(Scope scope, MunicipalityId municipality, Question question, CancellationToken cancel)
    {
        if (question.SeesOnly is { } own && own != municipality)
            return null;

        var first = looking.Begin(scope, question);
        var courses = first.At(new RowFilter<ParticipationRow>().Where(r => r.Municipality, municipality));
        var learnt = first.At(new RowFilter<LearningEntryRow>().Where(r => r.Municipality, municipality));
        await first.AskAsync(cancel);

        var look = looking.Begin(scope, question);
        var register = new MunicipalitiesInRegister(look);
        var details = new CourseDetails(look, register.Names, question, [.. courses.Rows.Select(c => c.Stream)]);
        var learning = new Learnt(look, register.Names, question, learnt);
        await look.AskAsync(cancel);

        var registered = register.Rows.FirstOrDefault(r => r.Row.Municipality == municipality);
        if (registered is null && courses.Rows.Count == 0)
            return null;
        var figures = await look.FiguresAsync([.. details.Streams, .. learning.Streams, .. registered is null ? (StreamKey[])[] : [registered.Stream]], cancel);
        return look.Answer(new MunicipalityPage(
            register.All(figures).FirstOrDefault(m => m.OnDay.Key == municipality.Key) ?? Unregistered(municipality),
            details.All(figures),
            learning.Entries(figures)));
    }

    /// <returns>Null when there is no such course by that day, or the asker may not see it.</returns>
    public async Task<Answer<Course>?> CourseAsync(Scope scope, ParticipationId participation, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var details = new CourseDetails(look, new Names(look), question, [new StreamKey(participation.Stream.ToString())]);
        await look.AskAsync(cancel);
        var figures = await look.FiguresAsync(details.Streams, cancel);
        return details.All(figures) is [var course] ? look.Answer(course) : null;
    }

    /// <returns>Null when there is no such agreement by that day, or the asker may not see it.</returns>
    public async Task<Answer<Agreement>?> AgreementAsync(Scope scope, AgreementId agreement, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var found = look.At(new RowFilter<AgreementRow>().OfStream(new StreamKey(agreement.Stream.ToString())));
        var details = new CourseDetails(look, new Names(look), question, []);
        await look.AskAsync(cancel);
        if (found.Rows is not [var row] || (question.SeesOnly is { } own && own != row.Row.Municipality))
            return null;
        var figures = await look.FiguresAsync([row.Stream], cancel);
        return look.Answer(details.Agreement(row, figures));
    }

    private static RegisteredMunicipality Unregistered(MunicipalityId municipality) =>
        new(MunicipalityOnDay.Unregistered(municipality.Key), [], null, null, null, [], 0, new FactsBehind(municipality.Stream.ToString(), []));
}

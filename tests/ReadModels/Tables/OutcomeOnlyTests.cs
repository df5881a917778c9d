using System.Reflection;
using HousingBank.Domain.Applications;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Tables;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;

namespace HousingBank.ReadModels.Tests.Tables;

public class OutcomeOnlyTests
{
    private static readonly string[] s_open = ["Application", "Round", "Municipality", "Stage", "DraftedOn", "Outcome", "DecidedOn", "IsSimulated"];

    /// <summary>Also what is added to a row later: whatever is not listed above is kept back until somebody lists it.</summary>
    [Fact]
    public void Of_a_decided_application_nothing_but_its_outcome_is_left()
    {
        var (decided, application) = (Day.Start(StatedDay.Exactly(new(2009, 10, 1))), new ApplicationId(Guid.NewGuid()));
        var row = Filled() with { Stage = ApplicationStage.Decided, DecidedOn = decided, Outcome = ApplicationOutcome.Declined, Application = application, WithdrawnOn = null };

        var outcome = row.OutcomeOnly()!;

        (outcome.Application, outcome.Outcome, outcome.DecidedOn, outcome.DraftedOn, outcome.Stage).ShouldBe((application, (ApplicationOutcome?)ApplicationOutcome.Declined, (Day?)decided, decided, ApplicationStage.Decided));
        foreach (var property in Properties.Where(p => !s_open.Contains(p.Name) && p.Name != "WithdrawnOn"))
        {
            IsEmpty(property.GetValue(row)).ShouldBeFalse($"{property.Name} is not filled in by this test");
            IsEmpty(property.GetValue(outcome)).ShouldBeTrue($"{property.Name} is told");
        }
    }

    private static PropertyInfo[] Properties => [.. typeof(ApplicationRow).GetProperties().Where(p => p.CanWrite)];

    private static bool IsEmpty(object? value) => value switch
    {
        null or false or "" => true,
        ApplicationContent content => content == ApplicationContent.Empty,
        System.Collections.IEnumerable many => !many.Cast<object>().Any(),
        _ => false,
    };

    /// <summary>A row with something in each of its fields.</summary>
    private static ApplicationRow Filled() => (ApplicationRow)Something(typeof(ApplicationRow), 0)!;

    private static object? Something(Type type, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return "noe";
        if (type == typeof(bool))
            return true;
        if (type == typeof(int))
            return 1;
        if (type == typeof(Guid))
            return Guid.NewGuid();
        if (type == typeof(DateOnly))
            return new DateOnly(2009, 5, 1);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(0);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>))
        {
            var item = type.GetGenericArguments()[0];
            var list = Array.CreateInstance(item, 1);
            list.SetValue(Something(item, depth + 1), 0);
            return typeof(OutcomeOnlyTests).GetMethod(nameof(ListOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(item).Invoke(null, [list]);
        }

        depth.ShouldBeLessThan(6, type.Name);
        var constructor = type.GetConstructors().Where(c => c.GetParameters().All(p => p.ParameterType != type)).MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Something(p.ParameterType, depth + 1))]);
    }

    private static ValueList<T> ListOf<T>(T[] items) => [.. items];
}

using System.Reflection;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Tests;

/// <summary>A fact of any type, with something in every field: lists hold one item, nothing is null.</summary>
public static class AnyFact
{
    public static IEnumerable<Type> Types { get; } = [.. Aggregates.All.SelectMany(a => a.FactTypes), typeof(FactStruck)];

    public static Fact Of(Type type) => (Fact)Something(type);

    private static object Something(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Something(underlying);
        if (type == typeof(string))
            return "noe";
        if (type == typeof(int))
            return 1;
        if (type == typeof(decimal))
            return 1.5m;
        if (type == typeof(bool))
            return true;
        if (type == typeof(Guid))
            return new Guid("01977f00-0000-7000-8000-0000000000ff");
        if (type == typeof(DateOnly))
            return new DateOnly(2010, 12, 10);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(0)!;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>))
            return ListOf(type.GetGenericArguments()[0]);

        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(p => Something(p.ParameterType))]);
    }

    private static object ListOf(Type item)
    {
        var items = Array.CreateInstance(item, 1);
        items.SetValue(Something(item), 0);
        return typeof(ValueList).GetMethod(nameof(ValueList.ToValueList), BindingFlags.Public | BindingFlags.Static)!
            .MakeGenericMethod(item).Invoke(null, [items])!;
    }
}

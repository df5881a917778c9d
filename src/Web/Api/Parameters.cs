using System.Globalization;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels;
using HousingBank.Web.Time;

namespace HousingBank.Web.Api;

/// <summary>A part of the address that means nothing: 400, with its name.</summary>
internal sealed class UnreadableParameterException(string parameter) : Exception($"The parameter {parameter} cannot be read.")
{
    public string Parameter => parameter;
}

/// <summary>Parts of an address as questions take them. What is left out passes as null.</summary>
/// <exception cref="UnreadableParameterException">What is given means nothing.</exception>
internal static class Parameters
{
    public static MunicipalityId? Key(string? key, string name) =>
        key is null ? null : MunicipalityId.IsWellFormed(key) ? new MunicipalityId(key) : throw new UnreadableParameterException(name);

    /// <returns>The code as questions know it: camelCase.</returns>
    public static string? Code<TEnum>(string? code, string name)
        where TEnum : struct, Enum =>
        code is null || Enum.GetValues<TEnum>().Select(Codes.Of).Contains(code) ? code : throw new UnreadableParameterException(name);

    public static DateOnly? Day(AskedDay? day, string name) =>
        day is not { } asked || asked.IsEmpty ? null : asked.Day ?? throw new UnreadableParameterException(name);

    /// <summary>Asks for a page; a cursor that is none of ours is told as such.</summary>
    public static async Task<T> CursorAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (FormatException)
        {
            throw new UnreadableParameterException("cursor");
        }
    }

    public static Guid? Id(AskedId? id, string name) =>
        id is not { } asked || asked.IsEmpty ? null : asked.Id ?? throw new UnreadableParameterException(name);

    public static long? Number(AskedNumber? number, string name) =>
        number is not { } asked || asked.IsEmpty ? null : asked.Number ?? throw new UnreadableParameterException(name);

    public static int? Between(AskedNumber? number, int least, int most, string name) => Number(number, name) switch
    {
        null => null,
        { } read when read >= least && read <= most => (int)read,
        _ => throw new UnreadableParameterException(name),
    };
}

/// <summary>A day in an address, written as asOf is and no other way: 05/06/2010 is two days.</summary>
/// <param name="Day">Null for what is no day, or cannot be asked about.</param>
/// <param name="IsEmpty">True for a field of a form that was left empty.</param>
public readonly record struct AskedDay(DateOnly? Day, bool IsEmpty)
{
    /// <remarks>Takes anything, so that what cannot be read is told as such and not by the framework.</remarks>
    public static bool TryParse(string? text, out AskedDay day)
    {
        day = new(PointInTime.DayOf(text), string.IsNullOrEmpty(text));
        return true;
    }
}

/// <summary>A whole number in an address; taken as <see cref="AskedDay"/> is.</summary>
/// <param name="Number">Null for what is none.</param>
/// <param name="IsEmpty">True for a field of a form that was left empty.</param>
public readonly record struct AskedNumber(long? Number, bool IsEmpty)
{
    public static bool TryParse(string? text, out AskedNumber number)
    {
        number = new(long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var read) ? read : null, string.IsNullOrEmpty(text));
        return true;
    }
}

/// <summary>An id in an address; taken as <see cref="AskedDay"/> is.</summary>
/// <param name="Id">Null for what is none.</param>
/// <param name="IsEmpty">True for a field of a form that was left empty.</param>
public readonly record struct AskedId(Guid? Id, bool IsEmpty)
{
    public static bool TryParse(string? text, out AskedId id)
    {
        id = new(Guid.TryParse(text, out var read) ? read : null, string.IsNullOrEmpty(text));
        return true;
    }
}

/// <summary>Addresses with what cannot be a municipality's key lead nowhere.</summary>
internal sealed class KeyConstraint : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        MunicipalityId.IsWellFormed(values[routeKey] as string);
}

/// <summary>Addresses with what is no kind of stream lead nowhere.</summary>
internal sealed class KindConstraint : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        Domain.Aggregates.All.Any(a => a.Kind == values[routeKey] as string);
}

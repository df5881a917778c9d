using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Web.Api;

/// <summary>What every decision says beside what was decided.</summary>
public abstract record DecisionRequest
{
    /// <summary>The day it took effect: "2009-10-15", or a span when the day is not known exactly.</summary>
    public required DayRequest EffectiveOn
    {
        get;
        // The reader checks the parts it makes the record with, not those it sets afterwards.
        init => field = value ?? throw new JsonException();
    }

    /// <summary>The office or body that decided; never a person's name.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>What it rests on.</summary>
    public BasisRequest? Basis { get; init; }

    /// <summary>Why it is recorded late, or although it contradicts what is recorded.</summary>
    public string? EntryReason { get; init; }

    [JsonIgnore]
    internal StatedDay On => EffectiveOn.Day;

    [JsonIgnore]
    internal Grounds Grounds => new(DecidedBy, Basis is { } basis ? new(basis.Kind, basis.Reference) : Domain.Vocabulary.Basis.None, EntryReason, []);
}

/// <param name="Kind">law or case; source and simulation are for imports.</param>
/// <param name="Reference">Section of the law, or case number.</param>
public sealed record BasisRequest(BasisKind Kind, string? Reference);

/// <summary>A day: exactly, as "2009-10-15", or as a span with its precision.</summary>
[JsonConverter(typeof(DayRequestConverter))]
public sealed record DayRequest(StatedDay Day);

/// <summary>A day that is not known exactly.</summary>
/// <param name="First">The earliest day it can have been.</param>
/// <param name="Last">The latest day it can have been.</param>
/// <param name="Precision">month, season, year or between.</param>
/// <param name="AssumedBecause">Why the day is assumed; left out when it was told.</param>
public sealed record SpanRequest(DateOnly First, DateOnly Last, DayPrecision Precision, string? AssumedBecause = null);

internal sealed class DayRequestConverter : JsonConverter<DayRequest>
{
    public override DayRequest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            return new(Span(ref reader, options));
        return DateOnly.TryParseExact(reader.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new(StatedDay.Exactly(day))
            : throw new JsonException();
    }

    // The place that is told is the day's in the body, not the field's in the span.
    private static StatedDay Span(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        try
        {
            var span = JsonSerializer.Deserialize<SpanRequest>(ref reader, options)!;
            return new(span.First, span.Last, span.Precision, span.AssumedBecause);
        }
        catch (JsonException e)
        {
            throw new JsonException(null, e);
        }
    }

    public override void Write(Utf8JsonWriter writer, DayRequest value, JsonSerializerOptions options)
    {
        if (value.Day.IsExact)
            JsonSerializer.Serialize(writer, value.Day.First, options);
        else
            JsonSerializer.Serialize(writer, new SpanRequest(value.Day.First, value.Day.Last, value.Day.Precision, value.Day.AssumedBecause), options);
    }
}

/// <summary>Where a command's fields stand in a request.</summary>
internal static class RequestNames
{
    /// <returns>The request's name of a field; "" for the request as a whole.</returns>
    public static string Of(string? field) => field switch
    {
        null => "",
        "on" => "effectiveOn",
        _ when field.StartsWith("on.", StringComparison.Ordinal) => "effectiveOn" + field[2..],
        _ when field.StartsWith("grounds.", StringComparison.Ordinal) => field["grounds.".Length..],
        _ => field,
    };
}

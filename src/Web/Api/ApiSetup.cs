using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using HousingBank.Web.Access;
using HousingBank.Web.Shell;
using Microsoft.AspNetCore.Http.Json;

namespace HousingBank.Web.Api;

/// <summary>The API's conventions; the endpoints themselves are mapped under /api/v1, one file for each kind of thing.</summary>
public static class ApiSetup
{
    private const string Document = "v1";

    // Without a place for other names: who asks for one is answered as at any address that is not there.
    private const string DocumentAddress = $"/openapi/{Document}.json";

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddScoped<Reading>();
        services.AddScoped<Deciding>();
        services.AddScoped<CouncilDeciding>();
        services.AddValidation();
        services.ConfigureHttpJsonOptions(SayExactlyWhatIsRead);
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Configure<RouteOptions>(routes =>
        {
            routes.SetParameterPolicy<KeyConstraint>("key");
            routes.SetParameterPolicy<KindConstraint>("kind");
        });
        services.AddOpenApi(Document, ApiDocument.Describe);
        return services;
    }

    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi(DocumentAddress).AllowAnonymous();
        app.UseSwaggerUI(ui =>
        {
            ui.SwaggerEndpoint(DocumentAddress, Document);
            ui.RoutePrefix = "swagger";
            ui.DocumentTitle = "API";
        });
        var api = app.MapGroup("/api/v1").RequireAuthorization(Policies.Read).RequireRateLimiting(RateLimits.Api)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapReading();
        api.MapProgrammes();
        api.MapRounds();
        api.MapReviews();
        api.MapAgreements();
        api.MapParticipations();
        api.MapLearning();
        api.MapLetters();
        api.MapMunicipalities();
        api.MapFacts();
        api.MapPersons();
        api.MapCalendarAddress();
        api.MapProvenExport();
    }

    private static void SayExactlyWhatIsRead(JsonOptions options)
    {
        var json = options.SerializerOptions;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.AllowDuplicateProperties = false;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.Converters.Add(new MomentConverter());
        json.Converters.Add(new PersonReferenceConverter());
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        json.TypeInfoResolverChain.Insert(0, new BodiesWhenAsked(json));
    }
}

/// <summary>Moments as RFC 3339 in UTC with all six decimals, so that they sort as text and lose nothing.</summary>
internal sealed class MomentConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
}

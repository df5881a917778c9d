using System.Text.Json;
using System.Text.Json.Serialization;
using HousingBank.Web.Access;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.OpenApi;

namespace HousingBank.Web.Api;

/// <summary>The API's conventions; the endpoints themselves are mapped under /api/v1, one file for each kind of thing.</summary>
public static class ApiSetup
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddScoped<Reading>();
        services.AddScoped<Deciding>();
        services.AddValidation();
        services.ConfigureHttpJsonOptions(SayExactlyWhatIsRead);
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddOpenApi("v1", document => document.AddDocumentTransformer((api, _, _) =>
        {
            api.Info = new OpenApiInfo
            {
                Title = "The programme system of a housing bank",
                Version = "v1",
                Description = "Everything the pages show and do, for programs. Every question takes asOf (the day that is asked about) and knownAt (what was known when).",
            };
            api.Components ??= new OpenApiComponents();
            api.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["serviceToken"] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = "A service token (hb_…), made on the page \"Mine tilganger\".",
                },
            };
            api.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("serviceToken", api)] = [] }];
            return Task.CompletedTask;
        }));
        return services;
    }

    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.UseSwaggerUI(ui =>
        {
            ui.SwaggerEndpoint("/openapi/v1.json", "v1");
            ui.RoutePrefix = "swagger";
            ui.DocumentTitle = "API";
        });
        var api = app.MapGroup("/api/v1").RequireAuthorization(Policies.Read);
        api.MapReading();
        api.MapProgrammes();
        api.MapRounds();
        api.MapAgreements();
        api.MapParticipations();
        api.MapLearning();
        api.MapMunicipalities();
        api.MapFacts();
    }

    private static void SayExactlyWhatIsRead(JsonOptions options)
    {
        var json = options.SerializerOptions;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.AllowDuplicateProperties = false;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }
}

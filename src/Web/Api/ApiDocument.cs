using System.Text.Json;
using HousingBank.Domain.Vocabulary;
using HousingBank.Web.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace HousingBank.Web.Api;

/// <summary>What the OpenAPI document says beyond what the endpoints' signatures tell.</summary>
internal static class ApiDocument
{
    private static readonly (string Name, string Description)[] Tags =
    [
        ("Screens", "What the pages show: board, overview matrix, work list."),
        ("Municipalities", "The national register, and all that is recorded about one municipality."),
        ("Programmes", "Programmes, their framework models and their office."),
        ("Intake rounds", "Rounds: invitations, capacity, admissions."),
        ("Applications", "Municipalities' applications in a round."),
        ("Participations", "Municipalities' courses: phases and their gates, organisation, anchoring."),
        ("Agreements", "Cooperation agreements."),
        ("Learning log", "What has been learnt, and what became of it."),
        ("Persons", "What persons are called, what is held about them, and erasing them."),
        ("Calendar", "The asker's own due dates, for a calendar program."),
        ("Facts", "The log itself: every event, and what is behind a figure."),
    ];

    public static void Describe(OpenApiOptions options)
    {
        // A list is written where it stands; only what has members is worth a name.
        options.CreateSchemaReferenceId = type => IsValueList(type.Type) || Asked(type.Type) is not null ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddDocumentTransformer((api, _, _) =>
        {
            DescribeApi(api);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            DescribeOperation(operation, context.Description.ActionDescriptor.EndpointMetadata);
            DescribeAsked(operation, context.Description.ParameterDescriptions);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer(DescribeSchemaAsync);
    }

    private static void DescribeApi(OpenApiDocument api)
    {
        api.Info = new OpenApiInfo
        {
            Title = "The programme system of a housing bank",
            Version = "v1",
            Description =
                """
                Everything the pages show and do, for programs.

                Every question takes `asOf` (the day that is asked about) and `knownAt` (what was known when), and says in its answer which it used
                and up to which event of the log it looked.

                Every decision says the day it took effect. One on what exists already demands `If-Match` with the version that was read.
                With an `Idempotency-Key` it can be sent again: it is carried out once, and the first answer is given again.

                What goes wrong is told as a problem (RFC 9457) with a stable `code`.
                """,
        };
        api.Servers = [new OpenApiServer { Url = "/" }];
        api.Tags = Tags.Select(t => new OpenApiTag { Name = t.Name, Description = t.Description }).ToHashSet();
        api.Components ??= new OpenApiComponents();
        api.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["serviceToken"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A service token (hb_…), made on the page \"Mine tilganger\". Its scopes are read, write and personal; what it may write follows the role of its maker.",
            },
        };
        foreach (var answer in api.Components.Schemas?.Where(s => s.Key.StartsWith("AnswerOf", StringComparison.Ordinal)).Select(s => s.Value) ?? [])
        {
            // An answer without a value is a 404.
            if (answer.Properties!["value"] is { OneOf: [_, { } value] })
                answer.Properties["value"] = value;
        }

        api.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("serviceToken", api)] = [] }];
    }

    private static void DescribeOperation(OpenApiOperation operation, IList<object> marks)
    {
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
        {
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            // A list in an address may be empty, though the delegates made at build time say otherwise.
            if (parameter is { In: ParameterLocation.Query, Schema.Type: JsonSchemaType.Array })
                parameter.Required = false;
        }

        if (marks.OfType<AsksHistory>().Any())
        {
            operation.Parameters.Add(Query(PointInTime.AsOfName, "The day that is asked about, by the calendar in Norway; today when left out.", "date", "2010-12-10"));
            operation.Parameters.Add(Query(PointInTime.KnownAtName, "What was known at this moment (RFC 3339), or at the end of this day; all that is known now when left out.", null, "2010-12-31"));
        }

        if (marks.OfType<HasRows>().Any())
            AddFiles(operation);
        if (marks.OfType<HasVersion>().Any())
            AddHeader(operation, "200", "ETag", "The version of what was asked for, now: what If-Match must say to change it.");
        if (marks.OfType<NeedsIfMatch>().Any())
        {
            operation.Parameters.Add(Header("If-Match", "The version that was read: an ETag of an earlier answer, or several; * takes any version.", "\"3\"", required: true));
            if (!marks.OfType<TakesBack>().Any())
                operation.Parameters.Add(Query(Deciding.Corrects, "The version of the fact that this one corrects; leadership only, with an entryReason.", null, null));
            AddHeader(operation, "200", "ETag", "The version after the decision.");
            AddHeader(operation, "412", "ETag", "The version there is now.");
        }

        if (marks.OfType<IsRepeatable>().Any())
        {
            operation.Parameters.Add(Header(Deciding.IdempotencyKey, "Any text of at most 100 characters, best a UUID: the same key with the same request is carried out once.", "0199c8f0-0000-7000-8000-000000000001", required: false));
            AddHeader(operation, "201", "ETag", "The version of what was made.");
            AddHeader(operation, "201", "Location", "Where it is.");
        }

        AddHeader(operation, "429", "Retry-After", "Seconds to wait.");
        AddHeader(operation, "503", "Retry-After", "Seconds to wait.");
    }

    /// <summary>What takes any text, to say itself that it cannot be read, is told as what it takes.</summary>
    private static void DescribeAsked(OpenApiOperation operation, IEnumerable<ApiParameterDescription> taken)
    {
        foreach (var parameter in taken)
        {
            if (Asked(parameter.ParameterDescriptor?.ParameterType) is { } schema)
                operation.Parameters!.OfType<OpenApiParameter>().Single(p => p.Name!.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase)).Schema = schema;
        }
    }

    private static OpenApiSchema? Asked(Type? type) => (type is null ? null : Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsArray: true } list when Asked(list.GetElementType()) is { } item => new() { Type = JsonSchemaType.Array, Items = item },
        var day when day == typeof(AskedDay) => new() { Type = JsonSchemaType.String, Format = "date" },
        var number when number == typeof(AskedNumber) => new() { Type = JsonSchemaType.Integer, Format = "int32" },
        var id when id == typeof(AskedId) => new() { Type = JsonSchemaType.String, Format = "uuid" },
        _ => null,
    };

    private static void AddFiles(OpenApiOperation operation)
    {
        operation.Parameters!.Add(new OpenApiParameter
        {
            Name = "format",
            In = ParameterLocation.Query,
            Description = "For links; Accept says the same. Files hold the same rows, all of them, with headings in the language of Accept-Language.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["json", "csv", "xlsx"] },
        });
        if (operation.Responses!["200"] is not OpenApiResponse answer)
            return;
        answer.Content ??= new Dictionary<string, OpenApiMediaType>();
        answer.Content[Export.Csv] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        answer.Content[Export.Xlsx] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
    }

    private static OpenApiParameter Query(string name, string description, string? format, string? example) => new()
    {
        Name = name,
        In = ParameterLocation.Query,
        Description = description,
        Schema = name == Deciding.Corrects
            ? new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1" }
            : new OpenApiSchema { Type = JsonSchemaType.String, Format = format },
        Example = example,
    };

    private static OpenApiParameter Header(string name, string description, string example, bool required) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = required,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = example,
    };

    private static void AddHeader(OpenApiOperation operation, string status, string name, string description)
    {
        if (operation.Responses?.GetValueOrDefault(status) is not OpenApiResponse answer)
            return;
        answer.Headers ??= new Dictionary<string, IOpenApiHeader>();
        answer.Headers[name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
    }

    private static async Task DescribeSchemaAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        var text = type == context.JsonTypeInfo.Type ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        if (type.IsEnum)
        {
            // Where it may be missing, the property says so beside it.
            schema.Type = JsonSchemaType.String;
        }
        else if (type == typeof(DateTimeOffset))
        {
            schema.Type = text;
            schema.Examples = ["2010-12-10T11:00:00.000000Z"];
        }
        else if (IsValueList(type))
        {
            schema.Type = JsonSchemaType.Array;
            schema.Description = null;
            schema.Items = await context.GetOrCreateSchemaAsync(type.GetGenericArguments()[0], null, cancel);
        }
        else if (type == typeof(DayRequest))
        {
            schema.OneOf =
            [
                new OpenApiSchema { Type = JsonSchemaType.String, Format = "date", Examples = ["2009-10-15"] },
                await context.GetOrCreateSchemaAsync(typeof(SpanRequest), null, cancel),
            ];
        }
        else if (type == typeof(PersonalData))
        {
            schema.Type = text;
            schema.Format = "uuid";
            schema.Properties = null;
            schema.Required = null;
            schema.Description = "The reference of a person; /api/v1/persons says what the person is called, to those who may read it.";
        }
        else if (type == typeof(MunicipalityId))
        {
            schema.Type = text;
            schema.Pattern = "^[a-z0-9]+(-[a-z0-9]+)*$";
            schema.MaxLength = 60;
            schema.Examples = ["hamar"];
        }
        else if (type == typeof(ProblemDetails))
        {
            DescribeProblem(schema);
        }
    }

    private static void DescribeProblem(OpenApiSchema problem)
    {
        problem.Description = "What went wrong (RFC 9457).";
        problem.AdditionalPropertiesAllowed = true;
        problem.AdditionalProperties = null;
        problem.Properties!["code"] = Text("Stable: what programs may branch on. \"type\" leads to what it means.");
        problem.Properties["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "With 422: what is wrong, by field of the request.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
        problem.Properties["missing"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = "With 400: the members that the body lacks.",
            Items = new OpenApiSchema { Type = JsonSchemaType.String },
        };
        problem.Properties["values"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "What the rule compared, by name.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String },
        };
        problem.Properties["lookedAt"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "The streams the rule looked at, with their versions.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Integer },
        };
        problem.Required = new HashSet<string> { "code" };
    }

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static bool IsValueList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>);
}

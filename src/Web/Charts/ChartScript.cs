using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace HousingBank.Web.Charts;

/// <summary>A chart's data in the page. Written as markup with the default encoder, which leaves nothing in it that could end the element.</summary>
public sealed class ChartScript : ComponentBase
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    [Parameter, EditorRequired]
    public required string For { get; set; }

    [Parameter, EditorRequired]
    public required ChartData Data { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder) =>
        builder.AddMarkupContent(0, $"""<script type="application/json" data-chart-for="{For}">{JsonSerializer.Serialize(Data, Json)}</script>""");
}

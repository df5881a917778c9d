using HousingBank.Processes;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace HousingBank.Web.Shell;

/// <summary>Traces and meters by OTLP, when OTEL_EXPORTER_OTLP_ENDPOINT says where to.</summary>
public static class Telemetry
{
    /// <summary>Of the web process' own meter.</summary>
    public const string Name = "HousingBank.Web";

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
            services.AddHostedService<Exporters>();
        return services;
    }

    private sealed class Exporters : IHostedService, IDisposable
    {
        private static readonly string[] Sources = ["Microsoft.AspNetCore", "Npgsql", DecisionTelemetry.Name];
        private static readonly string[] Meters = ["Microsoft.AspNetCore.Hosting", "System.Runtime", "Npgsql", DecisionTelemetry.Name, Name];

        private TracerProvider? _traces;
        private MeterProvider? _meters;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var service = ResourceBuilder.CreateDefault().AddService("housing-bank-web");
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(service).AddSource(Sources).AddOtlpExporter().Build();
            _meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(service).AddMeter(Meters).AddOtlpExporter().Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
            _traces?.Dispose();
            _meters?.Dispose();
        }
    }
}

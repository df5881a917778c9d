using System.Net;
using System.Net.Sockets;

namespace HousingBank.Web.Attachments;

public static class AttachmentsSetup
{
    public const string ScannerSetting = "Attachments:Scanner";

    public static IServiceCollection AddAttachments(this IServiceCollection services, IConfiguration configuration)
    {
        var scanner = AddressOf(configuration[ScannerSetting]);
        return services
            .AddSingleton(provider => new VirusScanner(scanner, provider.GetRequiredService<ILogger<VirusScanner>>()))
            .AddSingleton<FileInspection>();
    }

    private static EndPoint? AddressOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (text.StartsWith('/'))
            return new UnixDomainSocketEndPoint(text);
        return text.LastIndexOf(':') is > 0 and var colon && ushort.TryParse(text.AsSpan(colon + 1), out var port)
            ? new DnsEndPoint(text[..colon], port)
            : throw new InvalidOperationException($"{ScannerSetting} has to be the path of clamd's socket, or host and port such as clamd:3310; {text} is neither.");
    }
}

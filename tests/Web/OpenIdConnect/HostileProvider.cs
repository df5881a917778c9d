using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HousingBank.Web.Tests.OpenIdConnect;

/// <summary>A provider on loopback that answers as a test tells it to: rightly, wrongly, late or not at all.</summary>
public sealed class HostileProvider : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Func<HttpContext, IFormCollection, Task>> _codes = new();
    private WebApplication _web = null!;

    public string Issuer => _web.Urls.Single();

    /// <summary>The key it announces.</summary>
    public RSA Rsa { get; private set; } = RSA.Create(2048);

    public ECDsa Curve { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string KeyId { get; private set; } = "first";

    public int TimesAskedForKeys { get; private set; }

    public int TimesAskedToDescribe { get; private set; }

    /// <summary>It takes questions about itself and does not answer.</summary>
    public bool IsSilent { get; set; }

    /// <summary>What it says of itself, beside what it has to.</summary>
    public Dictionary<string, object> About { get; } = [];

    /// <summary>What it answers at an address that it only leads to.</summary>
    public object Elsewhere { get; set; } = new { };

    public IList<object> MoreKeys { get; } = [];

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _web = builder.Build();
        _web.Run(AnswerAsync);
        await _web.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        Rsa.Dispose();
        Curve.Dispose();
    }

    /// <summary>From now on it signs with a new key, and announces no other.</summary>
    public void ChangeKey()
    {
        Rsa = RSA.Create(2048);
        KeyId = Guid.NewGuid().ToString();
    }

    /// <returns>A code that is answered, once, by what is given.</returns>
    public string CodeFor(Func<HttpContext, IFormCollection, Task> answer)
    {
        var code = "code-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        _codes[code] = answer;
        return code;
    }

    public string CodeFor(string idToken, string? accessToken = null) => CodeFor((http, _) =>
        WriteAsync(http, new Dictionary<string, object?> { ["id_token"] = idToken, ["access_token"] = accessToken ?? "access", ["token_type"] = "Bearer" }));

    /// <summary>A token as it should be.</summary>
    public Dictionary<string, object?> Claims(string nonce) => new()
    {
        ["iss"] = Issuer,
        ["aud"] = ProductionSite.ClientId,
        ["sub"] = "somebody-secret",
        ["nonce"] = nonce,
        ["iat"] = Now(),
        ["exp"] = Now() + 300,
        ["role"] = "urn:programme:leader",
        ["tenant"] = "region-ost",
    };

    public static long Now(int seconds = 0) => DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds;

    /// <param name="sign">The signature over the first two parts; by the announced RSA key when none is given.</param>
    public string Token(object claims, object? header = null, Func<byte[], byte[]>? sign = null)
    {
        var covered = $"{Part(header ?? new { alg = "RS256", kid = KeyId })}.{Part(claims)}";
        var signature = (sign ?? (bytes => Rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)))(Encoding.ASCII.GetBytes(covered));
        return $"{covered}.{Base64Url.EncodeToString(signature)}";
    }

    public static Task WriteAsync(HttpContext http, object answer)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(JsonSerializer.Serialize(answer));
    }

    private static string Part(object json) => Base64Url.EncodeToString(json switch
    {
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        _ => JsonSerializer.SerializeToUtf8Bytes(json),
    });

    private async Task AnswerAsync(HttpContext http)
    {
        switch (http.Request.Path.Value)
        {
            case "/.well-known/openid-configuration":
                TimesAskedToDescribe++;
                if (IsSilent)
                    await Task.Delay(TimeSpan.FromSeconds(20), http.RequestAborted);
                await WriteAsync(http, new Dictionary<string, object>
                {
                    ["issuer"] = Issuer,
                    ["authorization_endpoint"] = Issuer + "/authorize",
                    ["token_endpoint"] = Issuer + "/token",
                    ["jwks_uri"] = Issuer + "/keys",
                }.Concat(About).GroupBy(p => p.Key).ToDictionary(p => p.Key, p => p.Last().Value));
                break;
            case "/keys":
                TimesAskedForKeys++;
                await WriteAsync(http, new { keys = MoreKeys.Append(RsaKey(Rsa, KeyId)).Append(CurveKey()) });
                break;
            case "/token":
                var form = await http.Request.ReadFormAsync();
                var isOurs = http.Request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{ProductionSite.ClientId}:{Uri.EscapeDataString(ProductionSite.ClientSecret).Replace("%20", "+", StringComparison.Ordinal)}"));
                if (isOurs && _codes.TryRemove(form["code"].ToString(), out var answer))
                {
                    await answer(http, form);
                    break;
                }

                http.Response.StatusCode = 400;
                await WriteAsync(http, new { error = "invalid_grant", error_description = "a description that belongs in no log" });
                break;
            case "/elsewhere":
                await WriteAsync(http, Elsewhere);
                break;
            default:
                http.Response.StatusCode = 404;
                break;
        }
    }

    public static object RsaKey(RSA rsa, string id)
    {
        var key = rsa.ExportParameters(false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = id, n = Base64Url.EncodeToString(key.Modulus), e = Base64Url.EncodeToString(key.Exponent) };
    }

    private object CurveKey()
    {
        var key = Curve.ExportParameters(false);
        return new { kty = "EC", crv = "P-256", kid = "curve", x = Base64Url.EncodeToString(key.Q.X), y = Base64Url.EncodeToString(key.Q.Y) };
    }
}

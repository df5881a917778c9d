using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace HousingBank.Web.Access.OpenIdConnect;

/// <summary>What the provider says of itself.</summary>
/// <param name="NamesItself">It adds "iss" to its answers (RFC 9207).</param>
/// <param name="EndSession">Where one signs out there; null when one cannot.</param>
/// <param name="SecretInBody">It takes the client's secret in the body only.</param>
public sealed record ProviderAddresses(string Authorization, string Token, string Keys, string? EndSession, bool NamesItself, bool SecretInBody);

/// <summary>Talks to the organisation's provider, from here to there: its own description, its keys, and codes for tokens.</summary>
public sealed class Provider(ProviderSettings settings, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan s_freshFor = TimeSpan.FromHours(1);

    /// <summary>Tokens with unknown keys can be sent by anybody: they may not make us ask without end.</summary>
    private static readonly TimeSpan s_betweenLooksForNewKeys = TimeSpan.FromMinutes(1);

    private const int LargestAnswer = 256 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = settings.Timeout,
        MaxResponseContentBufferSize = LargestAnswer,
    };

    private readonly SemaphoreSlim _one = new(1);
    private Described? _described;
    private DateTimeOffset _lookedForNewKeys = DateTimeOffset.MinValue;
    private SignInRefusedException? _lastFailure;

    public ProviderSettings Settings => settings;

    /// <exception cref="SignInRefusedException">The provider does not answer, or describes another or itself unsafely.</exception>
    public async Task<ProviderAddresses> AddressesAsync(CancellationToken cancel) => (await DescribedAsync(cancel)).Addresses;

    /// <summary>Gives a code for what it stands for.</summary>
    /// <returns>The id token, and the access token when there is one.</returns>
    /// <exception cref="SignInRefusedException">The provider does not answer, or not with tokens.</exception>
    public async Task<(string IdToken, string? AccessToken)> RedeemAsync(string code, SignInAttempt attempt, CancellationToken cancel)
    {
        var addresses = await AddressesAsync(cancel);
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = attempt.AnswerTo,
            ["code_verifier"] = attempt.Verifier,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, addresses.Token);
        request.Headers.Accept.Add(new("application/json"));
        if (settings.ClientSecret is { } secret && !addresses.SecretInBody)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{FormEncoded(settings.ClientId)}:{FormEncoded(secret)}")));
        }
        else
        {
            fields["client_id"] = settings.ClientId;
            if (settings.ClientSecret is { } inBody)
                fields["client_secret"] = inBody;
        }

        request.Content = new FormUrlEncodedContent(fields);
        var (status, body) = await SendAsync(request, cancel);
        if (status != HttpStatusCode.OK)
            throw SignInRefusedException.NotTrusted($"the provider did not take the code ({(int)status})");
        return body?.Text("id_token") is { } idToken
            ? (idToken, body?.Text("access_token"))
            : throw SignInRefusedException.NotTrusted("the provider gave no id token");
    }

    /// <summary>The provider's keys; asked for anew when the token names one that is not known, but not too often.</summary>
    public async Task<IReadOnlyList<SigningKey>> KeysForAsync(IdToken token, CancellationToken cancel)
    {
        var described = await DescribedAsync(cancel);
        if (token.CandidatesAmong(described.Keys).Count > 0)
            return described.Keys;
        await _one.WaitAsync(cancel);
        try
        {
            if (_described != described || clock.GetUtcNow() - _lookedForNewKeys < s_betweenLooksForNewKeys)
                return _described!.Keys;
            _lookedForNewKeys = clock.GetUtcNow();
            _described = described with { Keys = await FetchKeysAsync(described.Addresses.Keys, cancel) };
            return _described.Keys;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _one.Dispose();
    }

    private async Task<Described> DescribedAsync(CancellationToken cancel)
    {
        if (_described is { } known && clock.GetUtcNow() - known.At < s_freshFor)
            return known;
        var earlier = _lastFailure;
        await _one.WaitAsync(cancel);
        try
        {
            if (_described is { } meanwhile && clock.GetUtcNow() - meanwhile.At < s_freshFor)
                return meanwhile;
            // Of those who come while the provider is silent each would else wait for all before, and then again.
            if (_lastFailure is { } failure && failure != earlier)
                throw failure;
            var addresses = await DiscoverAsync(cancel);
            return _described = new(addresses, await FetchKeysAsync(addresses.Keys, cancel), clock.GetUtcNow());
        }
        catch (SignInRefusedException refused)
        {
            _lastFailure = refused;
            throw;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<ProviderAddresses> DiscoverAsync(CancellationToken cancel)
    {
        var about = await GetAsync(settings.Authority.TrimEnd('/') + "/.well-known/openid-configuration", cancel);
        if (about.Text("issuer") != settings.Authority)
            throw SignInRefusedException.NotTrusted("the provider describes another issuer than the one that is configured");
        // A provider that says nothing of PKCE may know it all the same; one that says what it knows has to know S256.
        if (about.TryGetProperty("code_challenge_methods_supported", out _) && !about.Texts("code_challenge_methods_supported").Contains("S256"))
            throw SignInRefusedException.NotTrusted("the provider does not know PKCE with S256");
        var methods = about.Texts("token_endpoint_auth_methods_supported");
        return new(
            Safe(about, "authorization_endpoint"),
            Safe(about, "token_endpoint"),
            Safe(about, "jwks_uri"),
            about.Text("end_session_endpoint") is null ? null : Safe(about, "end_session_endpoint"),
            about.IsTrue("authorization_response_iss_parameter_supported"),
            methods.Contains("client_secret_post") && !methods.Contains("client_secret_basic"));
    }

    private async Task<IReadOnlyList<SigningKey>> FetchKeysAsync(string address, CancellationToken cancel) => SigningKey.ReadAll(await GetAsync(address, cancel));

    private async Task<JsonElement> GetAsync(string address, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var (status, body) = await SendAsync(request, cancel);
        return status == HttpStatusCode.OK && body is { } found
            ? found
            : throw new SignInRefusedException(SignInRefusal.Unavailable, $"the provider does not describe itself ({(int)status})");
    }

    private async Task<(HttpStatusCode Status, JsonElement? Body)> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            using var answer = await _http.SendAsync(request, cancel);
            return (answer.StatusCode, Json.Object(await answer.Content.ReadAsByteArrayAsync(cancel)));
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw SignInRefusedException.NotTrusted("the provider's answer is too large", e);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new SignInRefusedException(SignInRefusal.Unavailable, "the provider does not answer", e);
        }
    }

    private static string Safe(JsonElement about, string name) =>
        about.Text(name) is { } address && ProviderSettings.IsSafe(address)
            ? address
            : throw SignInRefusedException.NotTrusted($"the provider's {name} is missing, not https or not in ASCII");

    // As forms write it, which RFC 6749 asks for in this header: a space is +.
    private static string FormEncoded(string text) => WebUtility.UrlEncode(text);

    private sealed record Described(ProviderAddresses Addresses, IReadOnlyList<SigningKey> Keys, DateTimeOffset At);
}

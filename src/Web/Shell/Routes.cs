namespace HousingBank.Web.Shell;

/// <summary>What a request is for, as logs and records may tell it.</summary>
public static class Routes
{
    /// <returns>The route as the program names it: "/personer/{Person:guid}". The address itself may hold a secret.</returns>
    public static string Of(HttpContext? context) => (context?.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
}

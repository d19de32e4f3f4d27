namespace MigrationsBuild.Tasks.Fingerprints;

/// <summary>
/// Base types and interfaces of libraries whose methods are only called while an application serves requests or runs. The worker holds the
/// application when its host is built, so nothing calls them. What their constructors do counts.
/// </summary>
internal static class ServingContracts
{
    private static readonly HashSet<string> _types =
    [
        "Microsoft.Extensions.Hosting.IHostedService",
        "Microsoft.Extensions.Hosting.IHostedLifecycleService",
        "Microsoft.Extensions.Hosting.BackgroundService",
        "Microsoft.Extensions.Diagnostics.HealthChecks.IHealthCheck",
        "Microsoft.AspNetCore.Authentication.AuthenticationHandler`1",
        "Microsoft.AspNetCore.Authentication.IClaimsTransformation",
        "Microsoft.AspNetCore.Authorization.IAuthorizationHandler",
        "Microsoft.AspNetCore.Authorization.AuthorizationHandler`1",
        "Microsoft.AspNetCore.Authorization.AuthorizationHandler`2",
        "Microsoft.AspNetCore.Components.ComponentBase",
        "Microsoft.AspNetCore.Components.IComponent",
        "Microsoft.AspNetCore.Components.LayoutComponentBase",
        "Microsoft.AspNetCore.Diagnostics.IExceptionHandler",
        "Microsoft.AspNetCore.Http.IEndpointFilter",
        "Microsoft.AspNetCore.Http.IMiddleware",
        "Microsoft.AspNetCore.Mvc.Controller",
        "Microsoft.AspNetCore.Mvc.ControllerBase",
        "Microsoft.AspNetCore.Mvc.Filters.IActionFilter",
        "Microsoft.AspNetCore.Mvc.Filters.IAsyncActionFilter",
        "Microsoft.AspNetCore.Mvc.Filters.IAsyncExceptionFilter",
        "Microsoft.AspNetCore.Mvc.Filters.IExceptionFilter",
        "Microsoft.AspNetCore.Mvc.Razor.RazorPage`1",
        "Microsoft.AspNetCore.Mvc.RazorPages.Page",
        "Microsoft.AspNetCore.Mvc.RazorPages.PageModel",
        "Microsoft.AspNetCore.Mvc.ViewComponent",
        "Microsoft.AspNetCore.Razor.TagHelpers.TagHelper",
        "Microsoft.AspNetCore.SignalR.Hub",
        "Microsoft.AspNetCore.SignalR.Hub`1",
        "MediatR.INotificationHandler`1",
        "MediatR.IPipelineBehavior`2",
        "MediatR.IRequestHandler`1",
        "MediatR.IRequestHandler`2",
    ];

    // Interfaces of which all methods are known: a method of another name doesn't implement them.
    private static readonly Dictionary<string, string[]> _methods = new()
    {
        ["System.IDisposable"] = ["Dispose"],
        ["System.IAsyncDisposable"] = ["DisposeAsync"],
        ["System.ICloneable"] = ["Clone"],
        ["System.IComparable"] = ["CompareTo"],
        ["System.IComparable`1"] = ["CompareTo"],
        ["System.IEquatable`1"] = ["Equals"],
        ["System.IFormattable"] = ["ToString"],
        ["System.Collections.IEnumerable"] = ["GetEnumerator"],
        ["System.Collections.Generic.IEnumerable`1"] = ["GetEnumerator"],
        ["System.ComponentModel.INotifyPropertyChanged"] = [],
    };

    // What runs a host, sends a request or a message.
    private static readonly HashSet<string> _starters =
    [
        "Start", "StartAsync", "Run", "RunAsync", "RunConsoleAsync", "RunAsServiceAsync", "StopAsync", "ExecuteAsync", "Send", "Publish",
        "CreateStream", "CheckHealthAsync", "AuthenticateAsync", "AuthorizeAsync", "InvokeAsync", "HandleAsync", "TransformAsync", "Invoke",
    ];

    /// <summary>Whether a call starts a host. Then requests may be served.</summary>
    public static bool AreStartedBy(ExternalMember member) =>
        member.Name is "Start" or "StartAsync" or "Run" or "RunAsync" or "RunConsoleAsync"
        && (member.Type.Assembly.StartsWith("Microsoft.Extensions.Hosting", StringComparison.Ordinal)
            || member.Type.Assembly.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    public static bool Contains(ExternalType type) => _types.Contains(type.Name);

    /// <summary>Whether a method of this name can implement one of the interface.</summary>
    public static bool MayDeclare(ExternalType type, string method) =>
        !_methods.TryGetValue(type.Name, out var names) || names.Contains(method);

    /// <summary>Whether a call may lead to the methods of such types.</summary>
    public static bool AreCalledBy(ExternalMember member) => _starters.Contains(member.Name)
        && (Contains(member.Type)
            || member.Type.Assembly.StartsWith("Microsoft.Extensions.Hosting", StringComparison.Ordinal)
            || member.Type.Assembly.StartsWith("Microsoft.Extensions.Diagnostics.HealthChecks", StringComparison.Ordinal)
            || member.Type.Assembly.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || member.Type.Assembly.StartsWith("MediatR", StringComparison.Ordinal));
}

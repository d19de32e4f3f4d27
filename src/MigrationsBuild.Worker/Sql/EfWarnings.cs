using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Worker.Application;

namespace MigrationsBuild.Worker.Sql;

/// <summary>
/// The warnings that EF Core logs while it generates SQL, such as a statement that runs while a table's rebuild is pending. They go to the
/// application's logger, which no build shows, and to the DiagnosticListener of EF Core's name.
/// </summary>
internal sealed class EfWarnings : ListenerObserver, IDisposable
{
    private readonly WarningsConfiguration? _configuration;
    private readonly List<IDisposable> _subscriptions = [];
    private readonly List<string> _texts = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;

    /// <summary>Listens until it is disposed.</summary>
    /// <param name="context">The context. Warnings that it ignores with <c>ConfigureWarnings</c> are left out.</param>
    public EfWarnings(DbContext context)
        : base(DbLoggerCategory.Name)
    {
        _configuration = context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.WarningsConfiguration;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>The distinct warnings.</summary>
    public IReadOnlyList<string> Texts => [.. _texts.Distinct()];

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());

    /// <inheritdoc/>
    protected override void OnSubscribed(IDisposable subscription) => _subscriptions.Add(subscription);

    /// <inheritdoc/>
    protected override void OnEvent(string name, object? value)
    {
        // Other threads of the application may use contexts of their own at the same time.
        if (value is EventData { LogLevel: LogLevel.Warning or LogLevel.Error } warning
            && Environment.CurrentManagedThreadId == _thread
            && (_configuration?.GetBehavior(warning.EventId) ?? WarningBehavior.Log) != WarningBehavior.Ignore)
        {
            _texts.Add(Secrets.Mask(warning.ToString()));
        }
    }
}

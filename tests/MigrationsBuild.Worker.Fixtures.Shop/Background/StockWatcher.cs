using Shop.Services;

namespace Shop.Background;

public sealed class StockWatcher(IServiceScopeFactory scopes, ILogger<StockWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(5);

    private int _rounds;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await using var scope = scopes.CreateAsyncScope();
            var service = scope.ServiceProvider.GetRequiredService<OrderService>();
            var overdue = 0;
            await foreach (var number in service.Overdue(14))
            {
                logger.LogWarning("{Number} is overdue", number);
                overdue++;
            }

            _rounds++;
            if (overdue > 100)
                logger.LogError("Too many overdue orders in round {Round}", _rounds);
            await Task.Delay(_pause, stoppingToken);
        }
    }
}

public sealed class TenantMiddleware(RequestDelegate next)
{
    private static readonly char[] _separators = ['.', ':'];

    public async Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Value ?? "";
        context.Items["tenant"] = host.Split(_separators)[0];
        if (Reserved(host))
        {
            context.Response.StatusCode = 404;
            return;
        }

        await next(context);
    }

    private static bool Reserved(string host) => host switch
    {
        "www" or "api" or "admin" => true,
        "static" => true,
        "mail" => true,
        "ftp" => true,
        "ns" => true,
        "smtp" => true,
        "imap" => true,
        _ => false,
    };
}

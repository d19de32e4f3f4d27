using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Background;
using Shop.Data;
using Shop.Domain.Pricing;
using Shop.Services;

namespace Shop.Startup;

public static class Registration
{
    public static IServiceCollection AddShop(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DatabaseOptions>().Configure(options => configuration.GetSection("Database").Bind(options));
        services.AddSingleton<ITableNaming, PrefixedNaming>();
        services.AddSingleton(TimeProvider.System);
        services.AddScoped<SavingInterceptor>();
        services.AddDbContext<ShopContext>((provider, options) =>
        {
            var settings = provider.GetRequiredService<IOptions<DatabaseOptions>>().Value;
            options.UseSqlite(Connection(settings.FileName), sqlite => sqlite.CommandTimeout(30));
            options.AddInterceptors(provider.GetRequiredService<SavingInterceptor>());
        });
        return services;
    }

    public static void AddShopServices(this IServiceCollection services)
    {
        services.AddScoped<OrderService>();
        services.AddScoped<ICatalog, Catalog>();
        services.AddScoped(typeof(IRepository<>), typeof(Repository<>));
        services.AddSingleton<PriceList>();
        services.AddSingleton<IMailer, SmtpMailer>();
        services.AddHostedService<StockWatcher>();
        services.AddHttpClient<ExchangeRates>(client => client.BaseAddress = new Uri("https://rates.example/"));
        services.AddControllers();
    }

    private static string Connection(string file) =>
        new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder { DataSource = file + ".db" }.ConnectionString;
}

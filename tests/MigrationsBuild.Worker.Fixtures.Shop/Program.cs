using Shop.Background;
using Shop.Endpoints;
using Shop.Startup;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddShop(builder.Configuration);
builder.Services.AddShopServices();
var title = builder.Environment.ApplicationName;

var app = builder.Build();
app.Use(async (context, next) =>
{
    var started = DateTime.UtcNow;
    await next(context);
    if (DateTime.UtcNow - started > TimeSpan.FromSeconds(1))
        app.Logger.LogWarning("{Path} took {Time}", context.Request.Path, DateTime.UtcNow - started);
});
app.UseMiddleware<TenantMiddleware>();
app.MapGet("/", () => $"Welcome to {title}");
app.MapGet("/health", () => Results.Ok(new { status = "ok", version = 3 }));
app.MapOrders();
app.MapProducts();
app.MapControllers();
await app.RunAsync();

internal sealed partial class Program
{
    internal static string Greet(string name) => Greeting2(name) + "!";

    private static string Greeting2(string name) => $"Hi {name}";
}

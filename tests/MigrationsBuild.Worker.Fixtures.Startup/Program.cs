using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MigrationsBuild.Worker.Fixtures.Startup;

Console.WriteLine("error XY1234: this is only what the application prints");
if (args.Contains("--throw"))
    throw new InvalidOperationException("no vault: Password=hush-hush");
if (args.Contains("--exit"))
    Environment.Exit(3);
if (args.Contains("--hang"))
    Thread.Sleep(Timeout.Infinite);
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDbContext<HostedContext>(options => options.UseSqlite($"Data Source={builder.Configuration["db"] ?? "app"}.db"));
builder.Services.AddDbContextFactory<IdentityDbContext>(options => options.UseSqlite(
    "Data Source=users.db", sqlite => sqlite.MigrationsAssembly("MigrationsBuild.Worker.Fixtures.Startup")));
builder.Services.AddDbContext<TenantContext<Item>>(options => options.UseSqlite("Data Source=items.db"));
builder.Services.AddDbContext<TenantContext<Customer>>(options => options.UseSqlite("Data Source=customers.db"));
builder.Services.AddPooledDbContextFactory<PooledContext>(options => options.UseSqlite("Name=ConnectionStrings:Pooled"));
Console.WriteLine($"The environment is {Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")}.");
var app = builder.Build();
Console.WriteLine("Main went on.");
app.Run();

namespace MigrationsBuild.Tasks.Tests.Fingerprints;

/// <summary>The source of a small web application, with each construct whose edit may or may not change a model.</summary>
internal static class ShopSources
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["Program.cs"] = """
            using Microsoft.AspNetCore.Builder;
            using Microsoft.EntityFrameworkCore;
            using Microsoft.Extensions.DependencyInjection;
            using Microsoft.Extensions.Hosting;
            using Shop;

            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddDbContext<ShopContext>((services, options) => options.UseSqlite(Settings.Connection));
            builder.Services.AddShop();
            builder.Services.AddScoped<IPrices, Prices>();
            builder.Services.AddHostedService<Cleaner>();
            builder.Services.Configure<ShopOptions>(options => options.Name = "shop");
            var app = builder.Build();
            app.MapGet("/", () => "hello");
            app.MapGet("/orders", (ShopContext shop) => shop.Orders
                .Where(order => order.Id > 5).Select(order => new { order.Id, order.Note }));
            app.MapGroup("/more").MapGet("/{id}", (int id, IPrices prices) => prices.Of(id));
            Endpoints.Map(app);
            await app.RunAsync();
            """,
        ["Registration.cs"] = """
            using Microsoft.Extensions.DependencyInjection;
            namespace Shop;
            public static class Registration
            {
                public static IServiceCollection AddShop(this IServiceCollection services)
                {
                    services.AddScoped<ITenant, Tenant>();
                    services.AddScoped<Mailer>();
                    return services;
                }
            }
            """,
        ["Settings.cs"] = """
            namespace Shop;
            public static class Settings
            {
                public static readonly string Connection = "Data Source=" + File + ".db";
                public static string File => Pick();
                static string Pick() => "shop";
                public static int Unused() => 1;
            }
            """,
        ["ShopContext.cs"] = """
            using Microsoft.EntityFrameworkCore;
            using Microsoft.EntityFrameworkCore.Metadata.Builders;
            using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
            namespace Shop;
            public class ShopContext(DbContextOptions<ShopContext> options, ITenant tenant) : DbContext(options)
            {
                public DbSet<Order> Orders => Set<Order>();

                public int CountOpen() => Orders.Count(order => order.State == State.Open);

                protected override void OnModelCreating(ModelBuilder model)
                {
                    model.ApplyConfigurationsFromAssembly(typeof(ShopContext).Assembly);
                    model.Entity<Order>().HasQueryFilter(order => order.Tenant == tenant.Id);
                    foreach (var rule in Rules.All())
                        rule.Apply(model);
                    foreach (var name in new Names().Extra)
                        model.Entity<Order>().Property<int>(name);
                    string Local(int number) => "local" + number;
                    model.Entity<Order>().HasIndex(order => order.Note).HasDatabaseName(Local(1));
                    Shape last = new Square();
                    model.Entity<Order>().Property(order => order.Note).HasMaxLength(last.Size);
                    model.HasAnnotation("codes", string.Join(",", Codes.List));
                    model.HasAnnotation("kind", Codes.Name("b"));
                    model.HasAnnotation("generic", Generic<Order>.Text);
                    model.HasAnnotation("limit", Limits.Default);
                    model.HasAnnotation("default", ((IDefault)new WithDefault()).Value());
                    model.Entity<Order>().HasData(new Order { Id = 1, Tenant = Order.First });
                    SetFilter(model);
                }

                private void SetFilter(ModelBuilder model) => GetType()
                    .GetMethod(nameof(FilterOf), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!
                    .MakeGenericMethod(typeof(Order)).Invoke(this, [model]);

                private void FilterOf<T>(ModelBuilder model) where T : class => model.Entity<T>().HasComment("filtered");
            }

            public class OrderConfiguration : IEntityTypeConfiguration<Order>
            {
                public void Configure(EntityTypeBuilder<Order> builder)
                {
                    builder.ToTable("Orders");
                    builder.Property(order => order.State).HasConversion<StateConverter>();
                }
            }

            public abstract class BaseConfiguration<T> : IEntityTypeConfiguration<T> where T : class
            {
                public virtual void Configure(EntityTypeBuilder<T> builder) { }
            }
            public abstract class CodeConfiguration<T> : BaseConfiguration<T> where T : class
            {
                public override void Configure(EntityTypeBuilder<T> builder) => builder.HasComment("code");
            }
            public class AddressConfiguration : CodeConfiguration<Address>;

            public class StateConverter() : ValueConverter<State, string>(state => Write(state), text => Enum.Parse<State>(text))
            {
                private static string Write(State state) => state.ToString().ToLowerInvariant();
            }
            """,
        ["Parts.cs"] = """
            using Microsoft.EntityFrameworkCore;
            namespace Shop;
            public interface IRule { void Apply(ModelBuilder model); }
            public class NoteRule : IRule
            {
                public void Apply(ModelBuilder model) => model.Entity<Order>().Property(order => order.Note).HasColumnName("note");
            }
            public static class Rules
            {
                public static IEnumerable<IRule> All() { yield return new NoteRule(); }
            }
            public class Names { public List<string> Extra = ["One", "Two"]; }
            public abstract class Shape { public virtual int Size => Half() * 2; protected abstract int Half(); }
            public class Square : Shape { protected override int Half() => 20; }
            public static class Codes
            {
                public static readonly int[] List = [11, 22, 33, 44, 55];
                public static string Name(string code) => code switch
                {
                    "a" => "first", "b" => "second", "c" => "third", "d" => "fourth",
                    "e" => "fifth", "f" => "sixth", "g" => "seventh", _ => "none",
                };
            }
            public static class Generic<T> { public static string Text { get; } = typeof(T).Name + "!"; }
            public static class Limits
            {
                public const int Default = 50;
                public const int Other = 60;
            }
            public interface IDefault { string Value() => "default"; }
            public class WithDefault : IDefault;
            public static class Peek
            {
                [System.Runtime.CompilerServices.UnsafeAccessor(System.Runtime.CompilerServices.UnsafeAccessorKind.StaticMethod)]
                public static extern int Round(Prices? prices, int price);
            }
            public static class Started
            {
                public static int Value;
                [System.Runtime.CompilerServices.ModuleInitializer]
                public static void Start() => Value = 7;
            }
            """,
        ["Order.cs"] = """
            using System.ComponentModel.DataAnnotations;
            namespace Shop;
            public class Order
            {
                public const int First = 3;
                public int Id { get; set; }
                public int Tenant { get; set; }
                [MaxLength(100)]
                public string? Note { get; set; }
                public State State { get; set; }
                public Address Home { get; set; } = new("", "");
                public Guid Key { get; init; }
                public int Total() => Id + 1;
            }
            [Microsoft.EntityFrameworkCore.Owned]
            public record Address(string Street, string City);
            """,
        ["State.cs"] = """
            namespace Shop;
            public enum State { Open, Closed }
            """,
        ["Services.cs"] = """
            using Microsoft.Extensions.Hosting;
            namespace Shop;
            public interface ITenant { int Id { get; } string Describe(); }
            public abstract class Ranked : IComparable<Ranked>
            {
                public int CompareTo(Ranked? other) => 0;
                protected virtual int Weigh(int rank) => rank;
            }
            public class Tenant : Ranked, ITenant
            {
                protected override int Weigh(int rank) => rank * 2;
                public int Id => Compute();
                public string Describe() => "tenant " + Id;
                private int Compute() => 1;
            }
            public interface IPrices { int Of(int order); }
            public class Prices : IPrices, IDisposable
            {
                private readonly Dictionary<int, int> _known = [];
                public int Of(int order) => _known.TryGetValue(order, out var price) ? price : Round(order * 3);
                private static int Round(int price) => price / 10 * 10;
                public IEnumerable<int> Several() { yield return 1; yield return 2; }
                public async Task<int> LaterAsync() { await Task.Delay(1); return 5; }
                public void Dispose() { }
            }
            public class Mailer(IPrices prices)
            {
                public string Subject(Letter letter) => letter.Title + prices.Of(1);
            }
            public record Letter(string Title);
            public class Cleaner(IServiceProvider services) : BackgroundService
            {
                protected override async Task ExecuteAsync(CancellationToken token)
                {
                    while (!token.IsCancellationRequested) { Console.WriteLine(services); await Task.Delay(1000, token); }
                }
            }
            public class ShopOptions { public string Name { get; set; } = ""; }
            """,
        ["Endpoints.cs"] = """
            using Microsoft.AspNetCore.Builder;
            using Microsoft.AspNetCore.Mvc;
            namespace Shop;
            public static class Endpoints
            {
                public static void Map(WebApplication app) => app.MapPost("/mail", 
                    (Letter letter, Mailer mailer) => mailer.Subject(letter));
            }
            [ApiController]
            [Route("orders")]
            public class OrdersController(ShopContext shop, IPrices prices) : ControllerBase
            {
                [HttpGet("{id}")]
                public async Task<ActionResult<int>> Get(int id)
                {
                    var order = await shop.Orders.FindAsync(id);
                    return order is null ? NotFound() : prices.Of(order.Id);
                }
            }
            """,
        ["Migrations.cs"] = """
            using Microsoft.EntityFrameworkCore.Infrastructure;
            using Microsoft.EntityFrameworkCore.Migrations;
            namespace Shop.Migrations;
            [DbContext(typeof(ShopContext))]
            [Migration("20260101000000_Initial")]
            public class Initial : Migration
            {
                protected override void Up(MigrationBuilder builder) => builder.Sql(Script());
                private static string Script() => "CREATE TABLE a (x);";
            }
            """,
        ["Usings.cs"] = "global using System; global using System.Linq; global using System.Collections.Generic; "
            + "global using System.Threading; global using System.Threading.Tasks;",
    };
}

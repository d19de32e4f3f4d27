using Microsoft.CodeAnalysis;

namespace MigrationsBuild.Tasks.Tests.Fingerprints;

/// <summary>Edits of an application, and whether the fingerprint of its model changes with them.</summary>
[TestClass]
public class FingerprintTests
{
    /// <summary>Edits after which the model, a migration's SQL, or the services of the context may differ.</summary>
    [TestMethod]
    [DataRow("Order.cs", "public int Tenant", "public long Tenant")]
    [DataRow("Order.cs", "public int Total()", "public string? Extra { get; set; } public int Total()")]
    [DataRow("Order.cs", "MaxLength(100)", "MaxLength(101)")]
    [DataRow("Order.cs", "public string? Note", "public string Note", DisplayName = "Nullable annotation")]
    [DataRow(
        "Order.cs",
        "public int Id { get; set; }\n    public int Tenant { get; set; }",
        "public int Tenant { get; set; }\n    public int Id { get; set; }",
        DisplayName = "Order of properties")]
    [DataRow("Order.cs", "Guid Key { get; init; }", "Guid Key { get; private set; }")]
    [DataRow("State.cs", "Open, Closed", "Open, Closed, Lost", DisplayName = "Member of an enum")]
    [DataRow("Order.cs", "Address(string Street", "Address(string Road", DisplayName = "Parameter of a record")]
    [DataRow("Order.cs", "First = 3", "First = 4", DisplayName = "Constant that HasData uses")]
    [DataRow("Parts.cs", "Default = 50", "Default = 51", DisplayName = "Constant")]
    [DataRow(
        "Parts.cs",
        "HasColumnName(\"note\")",
        "HasColumnName(\"text\")",
        DisplayName = "Implementation of an own interface, reached by an iterator")]
    [DataRow("Parts.cs", "\"One\", \"Two\"", "\"One\", \"Three\"", DisplayName = "Initializer of a field")]
    [DataRow("Parts.cs", "Half() => 20", "Half() => 21", DisplayName = "Override")]
    [DataRow("Parts.cs", "Half() * 2", "Half() * 3", DisplayName = "Virtual property of a base class")]
    [DataRow("Parts.cs", "11, 22, 33", "11, 22, 34", DisplayName = "Element of an array")]
    [DataRow("Parts.cs", "\"b\" => \"second\"", "\"b\" => \"2nd\"", DisplayName = "Switch on a string")]
    [DataRow("Parts.cs", "\"c\" => \"third\"", "\"C\" => \"third\"", DisplayName = "Case of a switch on a string")]
    [DataRow("Parts.cs", "Name + \"!\"", "Name + \"?\"", DisplayName = "Static property of a generic class")]
    [DataRow("Parts.cs", "=> \"default\"", "=> \"other\"", DisplayName = "Default method of an interface")]
    [DataRow("Parts.cs", "Value = 7", "Value = 8", DisplayName = "Module initializer")]
    [DataRow("ShopContext.cs", "\"local\" + number", "\"loc\" + number", DisplayName = "Local function")]
    [DataRow("ShopContext.cs", "order.Tenant == tenant.Id", "order.Tenant != tenant.Id", DisplayName = "Lambda")]
    [DataRow(
        "ShopContext.cs",
        "\"filtered\"",
        "string.Concat(new[] { 1 }.Select(_ => model.ToString()))",
        DisplayName = "Captured parameter")]
    [DataRow("ShopContext.cs", "ToTable(\"Orders\")", "ToTable(\"Order\")", DisplayName = "Configuration that is found by scanning")]
    [DataRow(
        "ShopContext.cs",
        "HasComment(\"code\")",
        "HasComment(\"key\")",
        DisplayName = "Override of an own method that implements an interface of a library")]
    [DataRow("ShopContext.cs", "ToLowerInvariant", "ToUpperInvariant", DisplayName = "Value converter")]
    [DataRow(
        "ShopContext.cs",
        "HasComment(\"filtered\")",
        "HasComment(\"other\")",
        DisplayName = "Method that reflection finds by its name")]
    [DataRow(
        "ShopContext.cs",
        "public class OrderConfiguration",
        "public class More : IEntityTypeConfiguration<Address> { public void Configure(EntityTypeBuilder<Address> builder) "
        + "{ } }\npublic class OrderConfiguration",
        DisplayName = "New configuration")]
    [DataRow("Settings.cs", "\".db\"", "\".sqlite\"", DisplayName = "Static constructor")]
    [DataRow("Settings.cs", "=> \"shop\"", "=> \"store\"", DisplayName = "Code that a static constructor calls")]
    [DataRow("Services.cs", "Compute() => 1", "Compute() => 2", DisplayName = "Service that the context uses")]
    [DataRow("Registration.cs", "AddScoped<ITenant, Tenant>", "AddSingleton<ITenant, Tenant>", DisplayName = "Registration of a service")]
    [DataRow(
        "Program.cs",
        "options.UseSqlite(Settings.Connection)",
        "options.UseSqlite(Settings.Connection).EnableDetailedErrors()",
        DisplayName = "Lambda of start-up code")]
    [DataRow("Program.cs", "options.Name = \"shop\"", "options.Name = \"store\"", DisplayName = "Options")]
    [DataRow("Migrations.cs", "TABLE a (x)", "TABLE a (y)", DisplayName = "Helper of a migration")]
    [DataRow("Migrations.cs", "_Initial", "_First", DisplayName = "Id of a migration")]
    [DataRow(
        "Migrations.cs",
        "protected override void Up",
        "protected override void Down(MigrationBuilder builder) { } protected override void Up",
        DisplayName = "New method of a migration")]
    public void It_changes(string file, string old, string text) =>
        Assert.AreNotEqual(CompiledShop.Original()[^1], CompiledShop.Create().Edit(file, old, text).Fingerprint());

    /// <summary>Edits that people make all day.</summary>
    [TestMethod]
    [DataRow("Program.cs", "\"hello\"", "\"good morning\"", DisplayName = "Body of an endpoint")]
    [DataRow("Program.cs", "order.Id > 5", "order.Id > 6 && order.Note != null", DisplayName = "Query of an endpoint")]
    [DataRow(
        "Program.cs",
        "new { order.Id, order.Note }",
        "new { order.Id, order.Note, order.State }",
        DisplayName = "Anonymous type of an endpoint")]
    [DataRow(
        "Program.cs",
        "app.MapGet(\"/\",",
        "app.MapGet(\"/new\", (IPrices prices) => prices.Of(7));\napp.MapGet(\"/\",",
        DisplayName = "New endpoint before others")]
    [DataRow("Program.cs", "Endpoints.Map(app);", "", DisplayName = "Removed line after the host is built")]
    [DataRow(
        "Program.cs",
        "Endpoints.Map(app);",
        "var count = 2; foreach (var name in new[] { \"a\", \"b\" }) { var prefix = \"/v\" + count++; app.MapGet(prefix "
        + "+ name, () => prefix); }",
        DisplayName = "Locals and closures after the host is built")]
    [DataRow("Endpoints.cs", "mailer.Subject(letter)", "mailer.Subject(letter) + \"!\"", DisplayName = "Endpoint in another class")]
    [DataRow("Endpoints.cs", "NotFound()", "BadRequest()", DisplayName = "Action of a controller")]
    [DataRow(
        "Endpoints.cs",
        "[ApiController]",
        "public class MoreController : ControllerBase { [HttpGet(\"x\")] public int X() => 1; }\n[ApiController]",
        DisplayName = "New controller")]
    [DataRow("Services.cs", "order * 3", "order * 4", DisplayName = "Method of a service")]
    [DataRow("Services.cs", "price / 10", "price / 5", DisplayName = "Private method of a service")]
    [DataRow(
        "Services.cs",
        "public IEnumerable<int> Several",
        "public int More(Letter letter) => letter.Title.Length;\n    public IEnumerable<int> Several",
        DisplayName = "New method of a service")]
    [DataRow("Services.cs", "yield return 2;", "yield return 3;", DisplayName = "Iterator of a service")]
    [DataRow("Services.cs", "return 5;", "await Task.Yield(); return 6;", DisplayName = "Asynchronous method of a service")]
    [DataRow(
        "Services.cs",
        "letter.Title + prices.Of(1)",
        "string.Concat(new[] { letter.Title }.Select(title => title + prices.Of(2)))",
        DisplayName = "Lambda in a service")]
    [DataRow("Services.cs", "record Letter(string Title)", "record Letter(string Title, string Body)", DisplayName = "Type of a request")]
    [DataRow("Services.cs", "Task.Delay(1000, token)", "Task.Delay(2000, token)", DisplayName = "Hosted service")]
    [DataRow("Services.cs", "\"tenant \" + Id", "\"tenant: \" + Id", DisplayName = "Method of a service that the context doesn't call")]
    [DataRow("Settings.cs", "Unused() => 1", "Unused() => 2", DisplayName = "Method that nobody calls")]
    [DataRow("Services.cs", "rank * 2", "rank * 3", DisplayName = "Override of an own method in a class with an interface of a library")]
    [DataRow("Order.cs", "Total() => Id + 1", "Total() => Id + 2", DisplayName = "Method of an entity")]
    [DataRow("ShopContext.cs", "order.State == State.Open", "order.State != State.Closed", DisplayName = "Query in the context")]
    [DataRow(
        "ShopContext.cs",
        "public int CountOpen()",
        "public int CountAll() => Orders.Where(order => order.Id > 0).Count();\n    public int CountOpen()",
        DisplayName = "New method with a lambda before others")]
    [DataRow(
        "Parts.cs",
        "public interface IRule",
        "public class Unused { public int[] Data = [9, 8, 7, 6, 5]; public Func<int> Get = () => 3; }\npublic interface IRule",
        DisplayName = "New class before others")]
    [DataRow("Parts.cs", "public interface IRule", "\n\n// A comment.\npublic interface IRule", DisplayName = "Comment")]
    public void It_stays(string file, string old, string text)
    {
        foreach (var level in new[] { OptimizationLevel.Debug, OptimizationLevel.Release })
            AssertSame(CompiledShop.Original(level), CompiledShop.Create(level).Edit(file, old, text).Trail());
    }

    /// <summary>Code whose targets can't be told: what it might reach counts, and nothing else does.</summary>
    [TestMethod]
    [DataRow(
        "_ = typeof(ShopContext).Assembly.GetTypes();",
        "State.cs",
        "public enum State",
        "public class Added; public enum State",
        true,
        DisplayName = "Search for types, new type")]
    [DataRow(
        "_ = typeof(ShopContext).Assembly.GetTypes();",
        "Endpoints.cs",
        "shop.Orders.FindAsync(id)",
        "shop.Orders.FindAsync(id + 1)",
        false,
        DisplayName = "Search for types, body of an action")]
    [DataRow(
        "_ = Type.GetType(\"Shop.\" + DateTime.Now);",
        "Endpoints.cs",
        "public class OrdersController(",
        "public class OrdersController(ITenant? more, ",
        true,
        DisplayName = "Type by name, constructor")]
    [DataRow(
        "_ = typeof(Prices).GetMethods();",
        "Services.cs",
        "order * 3",
        "order * 4",
        true,
        DisplayName = "Search for methods, body of a method")]
    [DataRow(
        "_ = typeof(Prices).GetMethod(nameof(Prices.Of), new[] { typeof(int) });",
        "Services.cs",
        "order * 3",
        "order * 4",
        true,
        DisplayName = "Method by its name and parameters")]
    [DataRow(
        "_ = typeof(Prices).GetMethod(nameof(Prices.Dispose), new[] { typeof(int) });",
        "Services.cs",
        "order * 3",
        "order * 4",
        false,
        DisplayName = "Another method by its name and parameters")]
    [DataRow(
        "_ = typeof(Prices).GetMethod(DateTime.Now.ToString());",
        "Services.cs",
        "order * 3",
        "order * 4",
        true,
        DisplayName = "Method by a computed name")]
    [DataRow(
        "_ = typeof(Prices).GetMethod(Environment.HasShutdownStarted ? \"Dispose\" : nameof(Prices.Of), [typeof(int)]);",
        "Services.cs",
        "order * 3",
        "order * 4",
        true,
        DisplayName = "Method by one of two names")]
    [DataRow(
        "_ = typeof(Prices).GetMethod(Environment.NewLine ?? \"Dispose\");",
        "Services.cs",
        "order * 3",
        "order * 4",
        true,
        DisplayName = "Method by a computed name, or else a literal")]
    [DataRow(
        "_ = typeof(Prices).Assembly.GetManifestResourceStream(\"a\");",
        "Services.cs",
        "Prices : IPrices",
        "Prices(Letter? letter = null) : IPrices",
        true,
        DisplayName = "Resource, constructor of a registered service")]
    [DataRow(
        "_ = typeof(Prices).Assembly.GetManifestResourceStream(\"a\");",
        "Endpoints.cs",
        "OrdersController(",
        "OrdersController(ITenant more, ",
        false,
        DisplayName = "Resource, constructor of a controller")]
    [DataRow("_ = Peek.Round(null!, 5);", "Services.cs", "price / 10", "price / 5", true, DisplayName = "Private method by UnsafeAccessor")]
    [DataRow(
        "dynamic prices = new Prices(); _ = prices.Of(1);",
        "Services.cs",
        "order * 3",
        "order * 4",
        true,
        DisplayName = "Dynamic call")]
    [DataRow(
        "new Cleaner(null!).StartAsync(default).Wait();",
        "Services.cs",
        "Delay(1000",
        "Delay(2000",
        true,
        DisplayName = "Hosted service that runs")]
    [DataRow(
        "IDisposable prices = new Prices(); prices.Dispose();",
        "Services.cs",
        "public void Dispose() { }",
        "public void Dispose() { _known.Clear(); }",
        true,
        DisplayName = "Interface of a library")]
    [DataRow(
        "_ = new Mailer(new Prices()).Subject(new Letter(\"a\"));",
        "Services.cs",
        "order * 3",
        "order * 4",
        true,
        DisplayName = "Service that is called")]
    [DataRow(
        "Action call = new Prices().Dispose; call();",
        "Services.cs",
        "public void Dispose() { }",
        "public void Dispose() { _known.Clear(); }",
        true,
        DisplayName = "Delegate")]
    [DataRow(
        "foreach (var one in new Prices().Several()) Console.WriteLine(one);",
        "Services.cs",
        "yield return 2;",
        "yield return 3;",
        true,
        DisplayName = "Iterator that runs")]
    [DataRow(
        "Console.WriteLine(new Prices().LaterAsync().Result);",
        "Services.cs",
        "return 5;",
        "return 6;",
        true,
        DisplayName = "Asynchronous method that runs")]
    [DataRow(
        "Microsoft.AspNetCore.Hosting.WebHostBuilderExtensions.UseStartup(null!, typeof(Prices));",
        "Services.cs",
        "order * 3",
        "order * 4",
        true,
        DisplayName = "Startup class by its type")]
    [DataRow(
        "Microsoft.AspNetCore.Hosting.WebHostBuilderExtensions.UseStartup<IPrices>(null!, _ => new Prices());",
        "Services.cs",
        "order * 3",
        "order * 4",
        true,
        DisplayName = "Startup class that a factory creates")]
    [DataRow(
        "Start<Prices>(); void Start<T>() where T : class => Microsoft.AspNetCore.Hosting.WebHostBuilderExtensions.UseStartup<T>(null!);",
        "Services.cs",
        "order * 3",
        "order * 4",
        true,
        DisplayName = "Startup class of a generic method")]
    [DataRow(
        "Microsoft.AspNetCore.Hosting.WebHostBuilderExtensions.UseStartup<Prices>(null!);",
        "Services.cs",
        "price / 10",
        "price / 5",
        true,
        DisplayName = "Startup class, private method")]
    [DataRow(
        "Microsoft.AspNetCore.Hosting.WebHostBuilderExtensions.UseStartup<Prices>(null!);",
        "Services.cs",
        "prices.Of(1)",
        "prices.Of(2)",
        false,
        DisplayName = "Startup class, method of another class")]
    public void What_it_might_reach_counts(string code, string file, string old, string text, bool changes)
    {
        var shop = CompiledShop.Create().Edit("ShopContext.cs", "SetFilter(model);", code + " SetFilter(model);");

        Assert.AreEqual(changes, shop.Fingerprint() != shop.Edit(file, old, text).Fingerprint());
    }

    [TestMethod]
    public void Code_that_is_loaded_at_run_time_leaves_no_fingerprint()
    {
        const string load = "=> System.Reflection.Assembly.LoadFrom(\"plugin.dll\").FullName!";

        Assert.AreEqual("", CompiledShop.Create().Edit("Settings.cs", "=> \"shop\"", load).Fingerprint());
    }

    [TestMethod]
    [DataRow("return builder.Build();", false)]
    [DataRow("if (args.Length > 3) return WebApplication.Create(); return builder.Build();", true)]
    public void A_method_may_build_the_host(string code, bool changes)
    {
        var shop = CompiledShop.Create().With("Program.cs", $$"""
            using Microsoft.AspNetCore.Builder;
            var app = Host.Create(args);
            app.MapGet("/", () => "hello");
            app.Run();
            static class Host
            {
                public static WebApplication Create(string[] args)
                {
                    var builder = WebApplication.CreateBuilder(args);
                    {{code}}
                }
            }
            """);

        Assert.AreEqual(changes, shop.Fingerprint() != shop.Edit("Program.cs", "hello", "bye").Fingerprint());
    }

    [TestMethod]
    public void Code_after_the_host_is_built_counts_if_other_code_runs_Main()
    {
        var shop = CompiledShop.Create().With("Program.cs", """
            using Microsoft.AspNetCore.Builder;
            using Microsoft.EntityFrameworkCore;
            public static class Program
            {
                public static void Main(string[] args)
                {
                    var app = WebApplication.CreateBuilder(args).Build();
                    app.MapGet("/", () => "hello");
                }
            }
            """);
        var called = shop.Edit("ShopContext.cs", "SetFilter(model);", "Program.Main([]); SetFilter(model);");

        Assert.AreEqual(shop.Fingerprint(), shop.Edit("Program.cs", "hello", "bye").Fingerprint());
        Assert.AreNotEqual(called.Fingerprint(), called.Edit("Program.cs", "hello", "bye").Fingerprint());
    }

    [TestMethod]
    public void A_script_counts_and_texts_for_people_dont()
    {
        var script = CompiledShop.Create().WithResource("Shop.fill.sql", "SELECT 1");
        var texts = CompiledShop.Create().WithResource("Shop.Texts.resources", "one");

        Assert.AreNotEqual(script.Fingerprint(), CompiledShop.Create().WithResource("Shop.fill.sql", "SELECT 2").Fingerprint());
        Assert.AreEqual(texts.Fingerprint(), CompiledShop.Create().WithResource("Shop.Texts.resources", "two").Fingerprint());
    }

    private static void AssertSame(IReadOnlyList<string> original, IReadOnlyList<string> edited)
    {
        var pairs = original.Zip(edited, (one, other) => one == other ? "" : $"{one} / {other}").ToList();
        var first = pairs.FindIndex(pair => pair.Length > 0);
        Assert.AreEqual(original[^1], edited[^1], first > 0 ? $"It differs in {original[first - 1]}." : "");
    }
}

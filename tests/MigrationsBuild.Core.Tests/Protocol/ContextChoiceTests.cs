using MigrationsBuild.Contexts;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Core.Tests.Protocol;

[TestClass]
public class ContextChoiceTests
{
    private static readonly ContextReport _shop = Context("App.Shop", migrations: 1);
    private static readonly ContextReport _log = Context("App.Log", migrations: 2);
    private static readonly ContextReport _view = Context("App.View", migrations: 0);

    [TestMethod]
    public void The_only_context_needs_no_name()
    {
        Assert.AreSame(_shop, ContextChoice.Choose([_shop], ""));
        Assert.AreSame(_view, ContextChoice.Choose([_view], ""));
    }

    [TestMethod]
    public void Nor_does_the_only_one_with_migrations() => Assert.AreSame(_shop, ContextChoice.Choose([_view, _shop], ""));

    [TestMethod]
    [DataRow("Log")]
    [DataRow("log")]
    [DataRow("App.Log")]
    [DataRow("APP.LOG")]
    public void A_context_is_named_by_short_or_full_name_in_any_case(string name) =>
        Assert.AreSame(_log, ContextChoice.Choose([_shop, _log, _view], name));

    [TestMethod]
    public void The_short_name_of_a_generic_context_has_no_type_arguments()
    {
        var tenant = Context("App.Tenant`1[App.Data.Order]", migrations: 1);

        Assert.AreSame(tenant, ContextChoice.Choose([_shop, tenant], "Tenant"));
    }

    [TestMethod]
    public void A_name_counts_for_a_context_without_migrations_too() => Assert.AreSame(_view, ContextChoice.Choose([_shop, _view], "View"));

    [TestMethod]
    public void Several_contexts_are_reported_with_the_property_that_chooses() =>
        Fails(
            DiagnosticCodes.SeveralContexts,
            "There are several DbContexts: App.Shop, App.Log. Name one: -p:DbContextName=Shop",
            "",
            _shop,
            _log,
            _view);

    [TestMethod]
    public void A_context_has_a_name_for_calls_unless_it_is_chosen_without_one()
    {
        var other = Context("Other.Shop", 0);

        Assert.AreEqual("", ContextChoice.NameFor([_shop], _shop));
        Assert.AreEqual("", ContextChoice.NameFor([_shop, _view], _shop));
        Assert.AreEqual("View", ContextChoice.NameFor([_shop, _view], _view));
        Assert.AreEqual("Log", ContextChoice.NameFor([_shop, _log], _log));
        Assert.AreEqual("Other.Shop", ContextChoice.NameFor([_shop, other], other));
    }

    [TestMethod]
    public void Several_without_migrations_are_several() =>
        Fails(DiagnosticCodes.SeveralContexts, "App.View, App.Other", "", _view, Context("App.Other", 0));

    [TestMethod]
    public void A_short_name_of_several_is_chosen_by_full_name()
    {
        var other = Context("Other.Shop", 0);

        Fails(DiagnosticCodes.SeveralContexts, "App.Shop, Other.Shop. Name one: -p:DbContextName=App.Shop", "Shop", _shop, other);
        Assert.AreSame(other, ContextChoice.Choose([_shop, other], "Other.Shop"));
    }

    [TestMethod]
    public void A_context_outside_of_namespaces_has_but_one_name()
    {
        var global = Context("Shop", 0);

        Assert.AreSame(global, ContextChoice.Choose([_shop, global], "shop"));
    }

    [TestMethod]
    public void A_missing_context_is_reported() => Fails(DiagnosticCodes.NoContext, "contains no DbContext with a relational provider", "");

    [TestMethod]
    public void An_unknown_name_is_reported_with_the_contexts_that_exist()
    {
        Fails(
            DiagnosticCodes.NoContext,
            "contains no DbContext hop with a relational provider. It contains: App.Shop, App.Log.",
            "hop",
            _shop,
            _log);
        Fails(DiagnosticCodes.NoContext, "It contains: none.", "Shop");
    }

    [TestMethod]
    [DataRow("", "App.Broken", false)]
    [DataRow("Shop", "App.Broken", true)]
    [DataRow("Broken", "App.Broken", false)]
    [DataRow("Shop", "Other.Shop", false)]
    [DataRow("App.Shop", "Other.Shop", true)]
    public void Another_context_that_cant_be_created_doesnt_matter_to_one_that_is_named(string name, string broken, bool isCertain)
    {
        var answer = new WorkerAnswer([_shop], [new Diagnostic(DiagnosticCodes.NoVerdict, "It throws")])
        {
            Seen = [new SeenContext("App.Shop", SeenState.Reported), new SeenContext(broken, SeenState.NotCreated)],
        };

        Assert.AreEqual(isCertain, ContextChoice.IsCertain(answer, name));
    }

    private static void Fails(DiagnosticCode code, string message, string name, params ContextReport[] contexts)
    {
        var failure = Assert.ThrowsExactly<MigrationsException>(() => ContextChoice.Choose(contexts, name));

        Assert.AreEqual(code, failure.Diagnostic.Code);
        Assert.Contains(message, failure.Message);
    }

    private static ContextReport Context(string name, int migrations) => new(
        name,
        Provider: "",
        MigrationsAssembly: "",
        EfVersion: "",
        Generator: "",
        Folder: "",
        new HistoryTable(null, "", "", "", ""),
        [.. Enumerable.Range(1, migrations).Select(i => new MigrationReport($"{i}_A", "", "", null))],
        [],
        "");
}

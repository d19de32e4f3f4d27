using System.Reflection;
using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Diagnostics;

[TestClass]
public partial class DiagnosticCodesTests
{
    private static readonly string _pages = Path.Combine(Repository.Root, "docs", "codes");

    public static IEnumerable<DiagnosticCode> Codes { get; } =
    [
        .. typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (DiagnosticCode)field.GetValue(null)!),
    ];

    [TestMethod]
    public void Every_code_is_one_kind_of_finding()
    {
        CollectionAssert.AllItemsAreUnique(Codes.Select(code => code.Id).ToArray());
        CollectionAssert.AllItemsAreUnique(Codes.Select(code => code.Title).ToArray());
        CollectionAssert.AreEquivalent(Codes.ToArray(), DiagnosticCodes.All.Values.ToArray());
    }

    [TestMethod]
    public void Every_code_is_of_a_range_that_says_whose_it_is() => Assert.DoesNotContain(code => !Id().IsMatch(code.Id), Codes);

    [TestMethod]
    [DynamicData(nameof(Codes))]
    public void Every_code_has_a_page_that_begins_with_it(DiagnosticCode code)
    {
        var page = File.ReadLines(Path.Combine(_pages, code.Id + ".md")).ToList();

        Assert.AreEqual($"# {code.Id}: {code.Title}", page[0]);
        CollectionAssert.IsSubsetOf(new[] { "## Description", "## Cause", "## Resolution" }, page);
    }

    [TestMethod]
    public void Every_page_has_a_code() => CollectionAssert.AreEquivalent(
        DiagnosticCodes.All.Keys.ToArray(),
        Directory.GetFiles(_pages).Select(page => Path.GetFileNameWithoutExtension(page)).ToArray());

    [TestMethod]
    public void A_code_is_found_by_its_id_and_an_unknown_one_is_our_fault()
    {
        Assert.AreSame(DiagnosticCodes.OutOfOrder, DiagnosticCodes.Find("MIG3009"));
        Assert.AreSame(DiagnosticCodes.Internal, DiagnosticCodes.Find("MIG0000"));
    }

    [GeneratedRegex("^MIG[12349][0-9]{3}$")]
    private static partial Regex Id();
}

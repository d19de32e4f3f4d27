using System.Text.RegularExpressions;
using MigrationsBuild.Lint;
using MigrationsBuild.Testing;

namespace MigrationsBuild.Core.Tests.Lint;

[TestClass]
public class TypeChangeTests
{
    /// <summary>Types that aren't PostgreSQL's own. Nothing is known of their casts.</summary>
    private static readonly string[] _foreign = ["mood", "hstore"];

    /// <summary>These two are stored in the same way only if the time zone of the session is UTC, which a build doesn't know.</summary>
    private static readonly string[] _times = ["timestamp", "timestamptz"];

    [TestMethod]
    public void The_work_of_each_change_is_the_one_that_PostgreSQL_15_did()
    {
        var wrong = Measured().Where(row => !_foreign.Contains(row.From) && !_foreign.Contains(row.To))
            .Where(row => !(IsTime(row.From) && IsTime(row.To)))
            .Select(row => (row.From, row.To, row.Work, Found: Text(TypeChange.Of(row.From, row.To).Work)))
            .Where(row => row.Work != row.Found)
            .ToList();

        Assert.AreEqual("", string.Join("\n", wrong));
        Assert.IsGreaterThan(1400, Measured().Count());
    }

    [TestMethod]
    [DataRow("character varying(50)", "character varying(40)", true)]
    [DataRow("text", "character varying(40)", true)]
    [DataRow("bigint", "integer", true)]
    [DataRow("numeric(18,4)", "numeric(18,2)", true)]
    [DataRow("numeric(18,4)", "numeric(18,6)", true)]
    [DataRow("double precision", "real", true)]
    [DataRow("timestamp with time zone", "date", true)]
    [DataRow("timestamp(6) with time zone", "timestamp(0) with time zone", true)]
    [DataRow("integer", "numeric(5,2)", true)]
    [DataRow("integer", "bigint", false)]
    [DataRow("integer", "text", false)]
    [DataRow("numeric(10,2)", "numeric(12,4)", false)]
    [DataRow("json", "jsonb", false)]
    [DataRow("jsonb", "json", false)]
    [DataRow("uuid", "text", false)]
    [DataRow("char(10)", "char(20)", false)]
    [DataRow("date", "timestamp with time zone", false)]
    [DataRow("timestamp with time zone", "timestamp without time zone", false)]
    public void A_change_is_lossy_if_the_new_type_has_fewer_values(string from, string to, bool isLossy) =>
        Assert.AreEqual(isLossy, TypeChange.Of(from, to).IsLossy);

    private static bool IsTime(string type) => _times.Contains(Regex.Replace(type, @"\(.*", ""));

    private static string Text(TypeChangeWork work) => work switch
    {
        TypeChangeWork.Refused => "ERR 42804",
        TypeChangeWork.Rewrite => "rewrite",
        _ => "norewrite",
    };

    private static IEnumerable<(string From, string To, string Work)> Measured() =>
        from line in File.ReadLines(Path.Combine(Repository.Root, "tests/MigrationsBuild.Core.Tests/Lint/TypeChanges.csv")).Skip(1)
        let fields = Regex.Matches(line, "\"([^\"]*)\"|[^,]+").Select(match => match.Value.Trim('"')).ToList()
        select (fields[0], fields[1], fields[2]);
}

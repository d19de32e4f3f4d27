using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Core.Tests.Diagnostics;

[TestClass]
public class PlaceTests
{
    [TestMethod]
    [DataRow("", 0, 1, 1)]
    [DataRow("ab", 1, 1, 2)]
    [DataRow("a\nb", 1, 1, 2)]
    [DataRow("a\nb", 2, 2, 1)]
    [DataRow("a\n\n\tb", 4, 3, 2)]
    [DataRow("😀b", 2, 1, 3, DisplayName = "Columns are UTF-16 units")]
    [DataRow("a\nb", 99, 2, 2, DisplayName = "What is past the end is the end")]
    public void An_offset_has_line_and_column(string text, int offset, int line, int column) =>
        Assert.AreEqual(new Location("a.sql", line, column), Location.At("a.sql", text, offset));
}

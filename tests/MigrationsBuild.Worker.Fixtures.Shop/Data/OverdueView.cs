namespace Shop.Data;

/// <summary>SQL for a migration.</summary>
internal static class OverdueView
{
    private const string Name = "overdue_orders";

    public static string Drop => $"DROP VIEW {Name};";

    public static string Create(int days)
    {
        var columns = new[] { "Id", "Number", "PlacedAt" }.Select(Quote);
        var condition = $"PlacedAt < date('now', '-{Checked(days)} days')";
        return $"CREATE VIEW {Name} AS SELECT {string.Join(", ", columns)} FROM Orders WHERE {condition};";
    }

    private static string Quote(string name) => '"' + name + '"';

    private static int Checked(int days) => days > 0 ? days : throw new ArgumentOutOfRangeException(nameof(days));
}

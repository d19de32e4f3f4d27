namespace Shop.Startup;

public sealed class DatabaseOptions
{
    public string FileName { get; set; } = "shop";

    public string Collation { get; set; } = "NOCASE";

    public string? TablePrefix { get; set; }
}

public interface ITableNaming
{
    string TableOf(string entity, string table);
}

public abstract class TableNaming : ITableNaming
{
    public string TableOf(string entity, string table) => Prefix(entity) + Plural(table);

    protected virtual string Prefix(string entity) => "";

    private static string Plural(string table) => table.EndsWith('s') ? table : table + "s";
}

public sealed class PrefixedNaming(Microsoft.Extensions.Options.IOptions<DatabaseOptions> options) : TableNaming
{
    protected override string Prefix(string entity)
    {
        var prefix = options.Value.TablePrefix ?? Defaults.Prefix;
        return entity == "TaxRate" ? "Tax" + prefix : prefix;
    }
}

public static class Defaults
{
    public static string Prefix { get; set; } = "";

    static Defaults() => Prefix = string.Concat("Sh", "op_");
}

using MigrationsBuild.Runner.Catalogs;
using static MigrationsBuild.Runner.Catalogs.ScriptStage;

namespace MigrationsBuild.Runner.Databases.PostgreSql.Definitions;

/// <summary>The privileges of a role on an object, as <see cref="PrivilegeQuery"/> reads them.</summary>
internal static class PrivilegeStatements
{
    private enum Level
    {
        None,
        Granted,
        Grantable,
    }

    /// <summary>The statements that change privileges.</summary>
    /// <param name="from">The privileges as they are; <see langword="null"/> for those of a new object.</param>
    /// <param name="to">The privileges as they will be; <see langword="null"/> for those of a new object.</param>
    public static IEnumerable<ScriptStatement> Change(CatalogObject? from, CatalogObject? to)
    {
        var one = (to ?? from)!;
        var (before, after) = (Levels(from, to), Levels(to, from));
        var changed = before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .ToLookup(privilege => (Old: before.GetValueOrDefault(privilege), New: after.GetValueOrDefault(privilege)));
        IEnumerable<ScriptStatement> Write(string verb, Func<(Level Old, Level New), bool> isMeant, string preposition, string option = "")
        {
            var privileges = string.Join(", ", changed.Where(group => isMeant(group.Key)).SelectMany(group => group)
                .Select(privilege => one["#column"] is { } column ? $"{privilege} ({column})" : privilege));
            if (privileges.Length == 0)
                yield break;
            var sql = $"{Scope(one)}{verb} {privileges} ON {one["#on"]} {preposition} {one["#role"]}{option}";
            if (to is not null)
                yield return new(Completion, sql);
            // The sequence of an identity disappears with it.
            else if (one["#column"] is null && one.Needs is [{ Kind: "column" }])
                yield return Guarded.If(Removal, $"WHERE {Guarded.Exists(one["#on"]!["SEQUENCE ".Length..])}", sql);
            else
                yield return new(Removal, sql);
        }

        return
        [
            .. Write("REVOKE", level => level is { Old: > Level.None, New: Level.None }, "FROM"),
            .. Write("REVOKE GRANT OPTION FOR", level => level is { Old: Level.Grantable, New: Level.Granted }, "FROM"),
            .. Write("GRANT", level => level is { Old: Level.None, New: Level.Granted }, "TO"),
            .. Write("GRANT", level => level is { Old: < Level.Grantable, New: Level.Grantable }, "TO", " WITH GRANT OPTION"),
        ];
    }

    /// <summary>The roles that the privileges name.</summary>
    public static IEnumerable<string> Roles(CatalogObject one) =>
        new[] { one["#role"], one["#creator"] }.OfType<string>().Where(role => role != "PUBLIC");

    /// <summary>A new object has the privileges that are revoked on the other one.</summary>
    private static Dictionary<string, Level> Levels(CatalogObject? one, CatalogObject? other)
    {
        var levels = Privileges(other, "#revoked").ToDictionary(privilege => privilege, _ => Level.Granted);
        foreach (var privilege in Privileges(one, "#revoked"))
            levels[privilege] = Level.None;
        foreach (var privilege in Privileges(one, "#granted"))
            levels[privilege] = Level.Granted;
        foreach (var privilege in Privileges(one, "#grantable"))
            levels[privilege] = Level.Grantable;
        return levels;
    }

    private static string[] Privileges(CatalogObject? one, string part) => one?[part]?.Split(", ") ?? [];

    /// <summary>Default privileges are on <c>TABLES</c>, others on <c>TABLE</c> and a name.</summary>
    private static string Scope(CatalogObject one)
    {
        if (one["#on"]!.Contains(' '))
            return "";
        var creator = one["#creator"] is { } role ? $" FOR ROLE {role}" : "";
        return $"ALTER DEFAULT PRIVILEGES{creator}{(one["#schema"] is { } schema ? $" IN SCHEMA {schema}" : "")} ";
    }
}

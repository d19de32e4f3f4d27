using System.Reflection;
using MigrationsBuild.Revisions;
using MigrationsBuild.Worker.Application;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>
/// Binds the names in generated code to the types that EF Core means. EF Core imports the namespaces of those types, but a type of the
/// file's own namespace, or of one around it, takes precedence: for example, an entity <c>Migration</c> of the application.
/// </summary>
/// <param name="assembly">The assembly that will contain the code.</param>
/// <param name="context">The context. It is the only type of the application that EF Core names.</param>
internal sealed class NameBinding(Assembly assembly, Type context)
{
    private readonly Assembly[] _others = [.. AppDomain.CurrentDomain.GetAssemblies().Where(other =>
        other != assembly && !other.IsDynamic)];
    private readonly HashSet<string> _namespaces = [.. LoadableTypes.Of(assembly).SelectMany(type => Outwards(type.Namespace ?? ""))];

    /// <summary>Generated code, with full names instead of those that would be bound to another type.</summary>
    public string Bind(string text)
    {
        var code = new ScaffoldedCode(text);
        var words = new Dictionary<NameReference, string>();
        foreach (var name in code.Names)
        {
            var (isBound, type) = Bound(name, code.Namespace);
            if (isBound && Meant(name, code) is { } meant && type != meant)
                words[name] = "global::" + meant.FullName!.Split('`')[0].Replace('+', '.');
        }

        return words.Count == 0 ? text : code.Replace(words);
    }

    /// <summary>The type that a new class would hide from generated code; <see langword="null"/> if the code uses no such type.</summary>
    public Type? HiddenBy(string className, params string[] texts)
    {
        var hidden =
            from code in texts.Select(text => new ScaffoldedCode(text))
            from name in code.Names
            where name is { IsGeneric: false } && TextOf(name) == className
            select Meant(name, code);
        return hidden.FirstOrDefault(type => type is not null);
    }

    /// <summary>
    /// The type that EF Core means. The import for the context also imports the application's other types, which EF Core never means.
    /// </summary>
    private Type? Meant(NameReference name, ScaffoldedCode code) => name.Text == context.Name ? context : code.Usings
        .Except(Outwards(code.Namespace))
        .Select(space => Find(space, TextOf(name), name.IsGeneric))
        .FirstOrDefault(type => type is not null);

    /// <summary>Whether a namespace or one around it declares the name, and the type unless the name is a namespace.</summary>
    private (bool IsBound, Type? Type) Bound(NameReference name, string space)
    {
        foreach (var outer in Outwards(space))
        {
            var full = outer.Length == 0 ? name.Text : $"{outer}.{name.Text}";
            if (!name.IsGeneric && !name.IsAttribute && _namespaces.Contains(full))
                return (true, null);
            if (Find(outer, TextOf(name), name.IsGeneric) is { } type)
                return (true, type);
        }

        return (false, null);
    }

    /// <summary>An attribute is found by its full class name, so a class of the short name is never taken for it.</summary>
    private static string TextOf(NameReference name) => name.IsAttribute ? name.Text + "Attribute" : name.Text;

    private Type? Find(string space, string name, bool isGeneric)
    {
        var full = space.Length == 0 ? name : $"{space}.{name}";
        string[] candidates = isGeneric ? [full + "`1", full + "`2", full + "`3"] : [full];
        return candidates
            .Select(candidate => assembly.GetType(candidate) ?? FindInOthers(candidate))
            .FirstOrDefault(type => type is not null);
    }

    private Type? FindInOthers(string fullName) =>
        _others.Select(other => other.GetType(fullName)).FirstOrDefault(type => type is { IsPublic: true });

    /// <summary>A namespace, those around it, and the global one.</summary>
    private static IEnumerable<string> Outwards(string space)
    {
        for (; space.Length > 0; space = space[..Math.Max(space.LastIndexOf('.'), 0)])
            yield return space;
        yield return "";
    }
}

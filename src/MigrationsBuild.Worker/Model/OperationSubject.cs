using System.Reflection;

namespace MigrationsBuild.Worker.Model;

/// <summary>What of the model an operation is about.</summary>
/// <param name="Entity">The class; <see langword="null"/> if the operation is about none that there is.</param>
/// <param name="Member">The property, if it is about one.</param>
/// <param name="Name">What it is called in the model if there is no class: an entity of a property bag, with its property.</param>
internal sealed record OperationSubject(Type? Entity, MemberInfo? Member, string? Name = null)
{
    /// <summary>The subject as a person calls it: <c>User.Avatar</c>, <c>User</c>.</summary>
    /// <param name="context">What an operation about no class is about.</param>
    public string NameIn(string context) => (Entity, Member) switch
    {
        (null, _) => Name ?? context,
        (_, null) => ShortName(Entity),
        _ => $"{ShortName(Entity)}.{Member.Name}",
    };

    /// <summary>A class's name without namespace and type arguments.</summary>
    /// <param name="type">The class.</param>
    public static string ShortName(Type type) => type.Name.Split('`')[0];
}

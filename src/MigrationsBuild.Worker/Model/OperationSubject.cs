using System.Reflection;
using MigrationsBuild.Worker.Source;

namespace MigrationsBuild.Worker.Model;

/// <summary>The class or property that a migration operation changes.</summary>
/// <param name="Entity">The class; <see langword="null"/> if the operation changes none, or one that doesn't exist any more.</param>
/// <param name="Member">The property; <see langword="null"/> if the operation changes the class as a whole.</param>
/// <param name="Name">The name in the model if there is no class: a property-bag entity type, with its property.</param>
internal sealed record OperationSubject(Type? Entity, MemberInfo? Member, string? Name = null)
{
    /// <summary>The name in messages: <c>User.Avatar</c>, <c>User</c>.</summary>
    /// <param name="context">The name of the context, for an operation that changes no class.</param>
    public string NameIn(string context) => (Entity, Member) switch
    {
        (null, _) => Name ?? context,
        (_, null) => Entity.ShortName(),
        _ => $"{Entity.ShortName()}.{Member.Name}",
    };
}

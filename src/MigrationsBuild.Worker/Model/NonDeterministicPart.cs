using Microsoft.EntityFrameworkCore.Migrations.Operations;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Worker.Source;

namespace MigrationsBuild.Worker.Model;

/// <summary>A part of a model that is different each time the model is built.</summary>
/// <param name="Subject">The class or property.</param>
/// <param name="Entity">The class of the rows; <see langword="null"/> if the part isn't in rows.</param>
/// <param name="Rows">The number of rows of <c>HasData</c> with a different value.</param>
/// <param name="Difference">The difference of the second build; <see langword="null"/> if the part is in rows.</param>
internal sealed record NonDeterministicPart(OperationSubject Subject, Type? Entity, int Rows, MigrationOperation? Difference)
{
    /// <summary>The settings of the machine on which it depends; none if it is different each time.</summary>
    public MachineSettings DependsOn { get; init; }

    /// <summary>The finding. It shows no value of a row, because a hashed password is a common one.</summary>
    public Diagnostic ToDiagnostic(Type context, OperationDescriber describer, SourceMap source)
    {
        var (subject, location) = WithLocation(source);
        var name = NameIn(context, source);
        var text = (DependsOn, Difference) switch
        {
            (not MachineSettings.None, _) => $"{name} depends on {Dependency}",
            (_, { } difference) => $"{name} is non-deterministic: it is configured differently each time the model is built, "
                + $"{describer.Describe(difference)}. No migration can match that. "
                + "Use a constant, or SQL with which the database computes the value",
            _ => $"{name} is non-deterministic: it has a different value each time the model is built, in {RowCount} of HasData. "
                + $"No migration can match that. Use a constant: {Constant(subject, context)}",
        };
        return new Diagnostic(DiagnosticCodes.NonDeterministicModel, text, location ?? source.LocationOf(context));
    }

    private string RowCount => Rows == 1 ? "1 row" : $"{Rows} rows";

    private string Dependency
    {
        get
        {
            var (setting, fix) = DependsOn == MachineSettings.TimeZone
                ? ("time zone", "Use an offset or UTC: new DateTimeOffset(…, TimeSpan.Zero), new DateTime(…, DateTimeKind.Utc)")
                : ("culture", "Format and parse it with CultureInfo.InvariantCulture, or use a constant");
            var rows = Difference is null ? $", in {RowCount} of HasData" : "";
            return $"the machine's {setting}{rows}, so a migration of one machine doesn't match the model of another. {fix}";
        }
    }

    /// <summary>The row with a constant. An entity without a class is an anonymous object there.</summary>
    private string Constant(OperationSubject subject, Type context) => subject.Name is { } name
        ? $"HasData(new {{ {name.Split('.')[^1]} = …, … }})"
        : $"HasData(new {(Entity ?? subject.Entity ?? context).ShortName()} {{ {subject.Member?.Name} = …, … }})";

    /// <summary>The name in messages: <c>Role.ConcurrencyStamp</c>.</summary>
    public string NameIn(Type context, SourceMap source) => WithLocation(source).Subject.NameIn(context.ShortName());

    /// <summary>A property that a class of a package declares has no location, but the derived class of the application has one.</summary>
    private (OperationSubject Subject, Location? Location) WithLocation(SourceMap source)
    {
        var location = Subject.Member is { } member ? source.LocationOf(member)
            : Subject.Entity is { } entity ? source.LocationOf(entity)
            : null;
        return location is null && Entity is not null && Subject.Member is not null
            ? (Subject with { Entity = Entity }, source.LocationOf(Entity))
            : (Subject, location);
    }
}

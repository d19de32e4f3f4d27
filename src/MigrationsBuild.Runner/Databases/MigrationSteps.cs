namespace MigrationsBuild.Runner.Databases;

/// <summary>A migration's statements, divided into stretches.</summary>
/// <param name="Before">Statements outside a transaction that only prepare the connection.</param>
/// <param name="Stretches">The stretches in order.</param>
/// <param name="After">Statements outside a transaction that put the connection back.</param>
internal sealed record MigrationSteps(
    IReadOnlyList<SqlCommand> Before, IReadOnlyList<MigrationStretch> Stretches, IReadOnlyList<SqlCommand> After)
{
    /// <summary>Our own statements at the end of the one transaction, which fail if a condition doesn't hold.</summary>
    public IReadOnlyList<SqlCommand> Checks { get; init; } = [];

    /// <summary>Whether one transaction contains all statements.</summary>
    public bool IsOneTransaction => Stretches is [] or [{ IsTransaction: true }];

    public static MigrationSteps Of(IReadOnlyList<SqlCommand> commands)
    {
        var stretches = new List<MigrationStretch>();
        foreach (var command in commands)
        {
            var isTransaction = command.Statement is not { OutsideTransaction: true };
            if (isTransaction && stretches is [.., { IsTransaction: true } last])
                last.Commands.Add(command);
            else
                stretches.Add(new MigrationStretch(isTransaction, [command]));
        }

        return new MigrationSteps([], stretches, []);
    }
}

/// <summary>Statements that run in one transaction, or one statement that runs outside of any.</summary>
internal sealed record MigrationStretch(bool IsTransaction, List<SqlCommand> Commands);

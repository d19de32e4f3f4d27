using MigrationsBuild.Messages;

namespace MigrationsBuild.Protocol;

/// <summary>The names of the messages between the runner and the build that started it.</summary>
public static class RunnerMessages
{
    /// <summary>A line for people: <c>text</c>, <c>hint</c>.</summary>
    public const string Line = "line";

    /// <summary>
    /// The database that the verb works on: <c>context</c>, <c>name</c>, <c>description</c>, <c>schema</c> if it isn't the default,
    /// <c>file</c> if it is an SQLite database, and <c>source</c>.
    /// </summary>
    public const string Database = "database";

    /// <summary>
    /// A migration: <c>id</c>, <c>previous</c>, <c>name</c>, <c>state</c>, the flags <c>head</c>, <c>current</c>, <c>applied</c>,
    /// <c>pending</c>, and, if they are in the journal, <c>applied-at</c>, <c>applied-by</c>, <c>duration-ms</c>.
    /// </summary>
    public const string Migration = "migration";

    /// <summary>
    /// A lock that a pending migration takes: <c>migration</c>, <c>table</c>, <c>mode</c> (<c>ACCESS EXCLUSIVE</c>), <c>size-bytes</c> and
    /// <c>rows</c> of the table.
    /// </summary>
    public const string Lock = "lock";

    /// <summary>
    /// A table or column that a migration drops: <c>migration</c>, <c>table</c>, <c>column</c> if it isn't the whole table, <c>rows</c> of
    /// the table, and <c>values</c>, the number of rows that have a value. No numbers mean that they can't be determined.
    /// </summary>
    public const string Loss = "loss";

    /// <summary>
    /// A difference between a database and its migrations: <c>difference</c> (<c>missing</c>, <c>additional</c>, <c>different</c>),
    /// <c>kind</c>, <c>name</c>, and the definitions <c>expected</c> and <c>actual</c>.
    /// </summary>
    public const string Difference = "difference";

    /// <summary>
    /// A migration was verified: <c>migration</c>, and <c>failure</c>, the code of the finding because of which it failed.
    /// </summary>
    public const string Verified = "verified";

    /// <summary>
    /// A part of the migration that brings differences into the history, for the task alone: <c>direction</c> (<c>up</c>, <c>down</c>, or
    /// <c>remark</c> for a difference that isn't written) and <c>text</c>.
    /// </summary>
    public const string Draft = "draft";

    /// <summary>The objects that the migrations produce, for the task alone: <c>text</c>.</summary>
    public const string Schema = "schema";

    /// <summary>A statement that a squashed migration must carry over: <c>up</c>, and <c>down</c> if a statement reverts it.</summary>
    public const string Carried = "carried";

    /// <summary>The verb has finished: <c>verb</c>, <c>count</c>, <c>at</c>, <c>duration-ms</c>.</summary>
    public const string Done = "done";

    /// <summary>A question that is answered with yes or no: <c>text</c>. The run waits for an <see cref="Answer"/>.</summary>
    public const string Question = "question";

    /// <summary>The answer to a <see cref="Question"/>, on the runner's standard input: the flag <c>yes</c>.</summary>
    public const string Answer = "answer";

    /// <summary>A diagnostic: see <see cref="DiagnosticMessages"/>.</summary>
    public const string Diagnostic = "diagnostic";
}

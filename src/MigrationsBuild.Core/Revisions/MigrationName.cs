using System.Globalization;
using System.Text;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Revisions;

/// <summary>The C# class name of a new migration.</summary>
public static class MigrationName
{
    private const int MaxLength = MigrationId.MaxLength - 15;

    /// <summary>The class name for a message: each word begins with a capital, and invalid characters are left out.</summary>
    /// <param name="message">The description of the migration: <c>add user avatar</c>.</param>
    /// <returns>The name: <c>AddUserAvatar</c>.</returns>
    /// <exception cref="MigrationsException">The message has no letter or digit, or the name is too long or reserved.</exception>
    public static string FromMessage(string message)
    {
        var name = new StringBuilder();
        var startsWord = true;
        foreach (var c in message.Normalize(NormalizationForm.FormC))
        {
            // An apostrophe doesn't end a word: "don't".
            if (c is '\'' or '’')
                continue;
            if (!IsNamePart(c))
            {
                startsWord = true;
                continue;
            }

            name.Append(startsWord ? char.ToUpperInvariant(c) : c);
            startsWord = false;
        }

        if (name.Length == 0)
            throw Unusable(message, "it contains no letter or digit");
        if (char.IsDigit(name[0]))
            name.Insert(0, '_');
        if (name.Length > MaxLength)
            throw Unusable(message, $"its class name would have {name.Length} characters, and EF Core's history allows {MaxLength}");
        if (name.ToString().Equals("Migration", StringComparison.OrdinalIgnoreCase))
            throw Unusable(message, "EF Core's base class has that name");
        if (name.ToString() is "Up" or "Down" or "BuildTargetModel")
            throw Unusable(message, "its class has a method of that name");
        return name.ToString();
    }

    /// <summary>The message for a class name: <c>add user avatar</c> for <c>AddUserAvatar</c>.</summary>
    public static string ToMessage(string name)
    {
        var message = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && StartsWord(name, i))
                message.Append(' ');
            message.Append(char.ToLowerInvariant(name[i]));
        }

        return message.Replace("_", " ").ToString().Trim();
    }

    private static bool StartsWord(string name, int i) =>
        char.IsUpper(name[i]) ? !char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))
        : char.IsDigit(name[i]) && char.IsLower(name[i - 1]);

    private static bool IsNamePart(char c) => c == '_' || char.GetUnicodeCategory(c) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber;

    private static MigrationsException Unusable(string message, string why) => new(
        DiagnosticCodes.UnusableName,
        $"\"{message}\" can't be the name of a migration: {why}.",
        Hint.Run(VerbTable.Revision).With("Msg", "what it does"));
}

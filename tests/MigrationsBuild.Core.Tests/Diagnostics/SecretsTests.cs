using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Core.Tests.Diagnostics;

[TestClass]
public class SecretsTests
{
    [TestMethod]
    [DataRow("Host=db;Username=me;Password=hush;Database=shop", "Host=db;Username=me;Password=***;Database=shop")]
    [DataRow("Host=db;PWD = hush", "Host=db;PWD = ***")]
    [DataRow("Host=db;psw=hush;Port=1", "Host=db;psw=***;Port=1")]
    [DataRow("SSL Password=hush;Passfile=/run/pass", "SSL Password=***;Passfile=***")]
    [DataRow("Data Source=app.db;Password=hush", "Data Source=app.db;Password=***")]
    [DataRow("Data Source=app.db;Mode=ReadOnly", "Data Source=app.db;Mode=ReadOnly")]
    [DataRow("Password=;Host=db", "Password=;Host=db")]
    public void Passwords_of_connection_strings_are_masked(string text, string masked) => Assert.AreEqual(masked, Secrets.Mask(text));

    [TestMethod]
    [DataRow("Password='hu;sh';Port=1", "Password=***;Port=1")]
    [DataRow("Password=\"hu'sh\";Port=1", "Password=***;Port=1")]
    [DataRow("Password='hu''s;h';Port=1", "Password=***;Port=1")]
    [DataRow("Password=\"hu\"\"s;h\";Port=1", "Password=***;Port=1")]
    [DataRow("Password=hu'sh;Port=1", "Password=***;Port=1")]
    [DataRow("Password=hush's.;Port=1", "Password=***;Port=1")]
    [DataRow("Password=my hush hush;Port=1", "Password=***;Port=1")]
    [DataRow("Password='hush;Port=1", "Password=***;Port=1", DisplayName = "A quote that nothing closes")]
    [DataRow("Password='hush", "Password=***")]
    [DataRow("Password=a=b;Port=1", "Password=***;Port=1")]
    [DataRow("Password=hush failed; retry", "Password=***; retry", DisplayName = "Rather a word too many than a piece of a password")]
    public void Quotes_and_spaces_dont_uncover_them(string text, string masked) => Assert.AreEqual(masked, Secrets.Mask(text));

    [TestMethod]
    [DataRow("Can't open 'Host=db;Password=hush'. See the log.", "Can't open 'Host=db;Password=***'. See the log.")]
    [DataRow("Password=hush failed", "Password=*** failed")]
    [DataRow("two lines: Password=hush\nnext; line", "two lines: Password=***\nnext; line")]
    [DataRow("the password is wrong", "the password is wrong")]
    public void The_text_around_them_stays(string text, string masked) => Assert.AreEqual(masked, Secrets.Mask(text));

    [TestMethod]
    [DataRow("postgres://me:hush@db:5432/shop", "postgres://me:***@db:5432/shop")]
    [DataRow("see https://example.org:8080/a@b", "see https://example.org:8080/a@b")]
    [DataRow("postgres://db/shop?password=hush", "postgres://db/shop?password=***")]
    [DataRow("postgres://me:hu:sh@db and postgres://me:hush@db", "postgres://me:***@db and postgres://me:***@db")]
    public void Passwords_of_URLs_are_masked(string text, string masked) => Assert.AreEqual(masked, Secrets.Mask(text));
}

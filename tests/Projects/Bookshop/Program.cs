using Bookshop;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

using var context = new BookshopContext();
var migrator = context.GetService<IMigrator>();
switch (args)
{
    case ["migrate", .. var target]:
        migrator.Migrate(target.FirstOrDefault());
        return 0;
    case ["script"]:
        Console.Write(migrator.GenerateScript());
        return 0;
    default:
        Console.Error.WriteLine("Usage: Bookshop migrate [target] | script");
        return 1;
}

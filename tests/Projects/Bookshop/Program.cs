using Bookshop;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

if (args is not ["migrate", ..])
{
    Console.Error.WriteLine("Usage: Bookshop migrate [target]");
    return 1;
}

using var context = new BookshopContext();
context.GetService<IMigrator>().Migrate(args.ElementAtOrDefault(1));
return 0;

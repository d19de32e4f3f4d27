using Microsoft.EntityFrameworkCore;
using Stripped;

using var context = new StrippedContext();
context.Database.Migrate();

using Microsoft.EntityFrameworkCore;
using Upgrade8;

using var context = new Upgrade8Context();
context.Database.Migrate();

using Microsoft.EntityFrameworkCore;
using Veteran;

using var context = new VeteranContext();
context.Database.Migrate();

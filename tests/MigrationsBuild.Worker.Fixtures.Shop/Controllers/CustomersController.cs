using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Shop.Data;
using Shop.Domain.Models;

namespace Shop.Controllers;

[ApiController]
[Route("api/customers")]
public sealed class CustomersController(ShopContext context, ILogger<CustomersController> logger) : ControllerBase
{
    private const int Most = 100;

    [HttpGet]
    public async Task<IActionResult> List(int take = 20)
    {
        if (take > Most)
            return BadRequest($"At most {Most}");
        var customers = await context.Customers.OrderBy(customer => customer.Name).Take(take).ToListAsync();
        return Ok(customers.Select(customer => new { customer.Id, customer.Name, Where = customer.Address.OneLine() }));
    }

    [HttpGet("{id}/revenue")]
    public async Task<ActionResult<decimal>> Revenue(int id)
    {
        var customer = await context.Customers.Include(candidate => candidate.Orders).FirstOrDefaultAsync(candidate => candidate.Id == id);
        if (customer is null)
            return NotFound();
        logger.LogInformation("{Name} has {Count} orders", customer.Name, customer.Orders.Count);
        return customer.Revenue();
    }

    [HttpPost]
    public async Task<IActionResult> Create([FromBody] NewCustomer request)
    {
        if (!IsAllowed(request.Country))
            ModelState.AddModelError(nameof(request.Country), "unknown");
        if (!ModelState.IsValid)
            return ValidationProblem();
        var customer = new Customer { Name = request.Name, Address = new Address("", request.City ?? "", request.Country) };
        context.Add(customer);
        await context.SaveChangesAsync();
        return CreatedAtAction(nameof(Revenue), new { id = customer.Id }, null);
    }

    private static bool IsAllowed(string country) => Countries.Codes.Contains(country) || Countries.NameOf(country) == country;

    public sealed record NewCustomer(string Name, string? City, string Country);
}

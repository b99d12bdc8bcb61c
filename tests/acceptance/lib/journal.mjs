// The sandbox's books as its API's port gives them, and figures that are computed here, from the documents alone.

/** Reads the books of a token's user: records by kind and id. */
export async function readJournal(issuer, token) {
  const response = await fetch(`${issuer}/sandbox/journal`, { headers: { Authorization: `Bearer ${token}` } });
  if (!response.ok) {
    throw new Error(`GET /sandbox/journal answered ${response.status}: ${await response.text()}`);
  }

  const journal = {};
  for (const line of (await response.text()).split("\n").filter(Boolean)) {
    const [, kind, id, json] = /^(\w+) (\d+) (.*)$/.exec(line);
    (journal[kind] ??= new Map()).set(Number(id), JSON.parse(json));
  }

  return journal;
}

/** Every change of stock: [day, item, warehouse, units]. */
export function* movements(journal) {
  for (const order of journal.inventory_order.values()) {
    if (order.Received) {
      yield* order.Lines.map(line => [order.Received, line.ItemId, order.WarehouseId, line.Quantity]);
    }
  }

  for (const shipment of journal.shipment.values()) {
    for (const line of shipment.Lines) {
      yield [shipment.Sent, line.ItemId, shipment.OriginWarehouseId, -line.Shipped];
      if (shipment.Arrived) {
        yield [shipment.Arrived, line.ItemId, shipment.DestinationWarehouseId, line.Received];
      }
    }
  }

  for (const order of journal.assembly_order.values()) {
    for (const line of order.Lines) {
      const assembly = journal.assembly.get(line.AssemblyId);
      yield* assembly.Components.map(part => [order.Assembled, part.ItemId, order.WarehouseId, -part.Quantity * line.Quantity]);
      yield [order.Assembled, assembly.ItemId, order.WarehouseId, line.Quantity];
    }
  }

  for (const document of [...journal.adjustment.values(), ...journal.invoice.values()]) {
    yield* document.Lines.filter(line => line.ItemId).map(line => [document.Date, line.ItemId, document.WarehouseId, -line.Quantity]);
  }
}

/** Balances at the end of a day, without zeros: sums of movements by what `key` makes of item and warehouse. */
export function balances(journal, day, key) {
  const sums = new Map();
  for (const [date, item, warehouse, units] of movements(journal)) {
    const name = key(item, warehouse);
    if (date <= day && name !== undefined) {
      sums.set(name, (sums.get(name) ?? 0) + units);
    }
  }

  return new Map([...sums].filter(([, units]) => units !== 0));
}

/** Cents of an amount. */
export const cents = amount => Math.round(amount * 100);

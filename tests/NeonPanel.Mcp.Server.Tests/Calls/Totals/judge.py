# The second implementation of the totals: Python's decimal, which has nothing in common with the server's arithmetic.
# Reads rows as JSON lines, and writes the sum, the smallest, the largest and the number of amounts by vendor and currency.
import decimal
import json
import sys

decimal.getcontext().prec = 1000
groups = {}
for line in sys.stdin:
    row = json.loads(line, parse_float=decimal.Decimal, parse_int=decimal.Decimal)
    vendor = (row.get("vendor") or {}).get("name")
    group = groups.setdefault((vendor, row["currency"]), [0, decimal.Decimal(0), None, None, 0])
    group[0] += 1
    if row["amount"] is None:
        group[4] += 1
        continue
    amount = decimal.Decimal(row["amount"])
    group[1] += amount
    group[2] = amount if group[2] is None else min(group[2], amount)
    group[3] = amount if group[3] is None else max(group[3], amount)
for (vendor, currency), (count, total, least, most, nulls) in groups.items():
    numbers = [None if number is None else format(number, "f") for number in (total, least, most)]
    print(json.dumps([vendor, currency, count, nulls, *numbers]))

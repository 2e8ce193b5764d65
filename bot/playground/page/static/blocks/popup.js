// A list that opens over the page, below what it belongs to or above it, whichever has more room.

const MARGIN = 8;
const TALLEST = 320;

function fit(popup, anchor) {
  const { top, bottom, left, width } = anchor.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const below = clientHeight - bottom - MARGIN;
  const above = top - MARGIN;
  const isBelow = below >= Math.min(popup.scrollHeight, TALLEST) || below >= above;
  popup.style.maxHeight = `${Math.min(TALLEST, Math.max(isBelow ? below : above, 80))}px`;
  popup.style.minWidth = `${Math.min(width, clientWidth - 2 * MARGIN)}px`;
  const { width: own, height } = popup.getBoundingClientRect();
  popup.style.left = `${Math.max(MARGIN, Math.min(left, clientWidth - own - MARGIN))}px`;
  popup.style.top = `${isBelow ? bottom + 2 : top - height - 2}px`;
}

/** Makes `popup` open at `anchor`, and follow it while it is open. */
export function attach(popup, anchor) {
  const follow = () => fit(popup, anchor);
  popup.addEventListener("toggle", ({ newState }) => {
    const change = newState === "open" ? window.addEventListener : window.removeEventListener;
    change("scroll", follow, { capture: true, passive: true });
    change("resize", follow);
  });
  return {
    open: () => {
      if (!popup.matches(":popover-open")) popup.showPopover();
      fit(popup, anchor);
    },
    close: () => { if (popup.matches(":popover-open")) popup.hidePopover(); },
    isOpen: () => popup.matches(":popover-open"),
  };
}
